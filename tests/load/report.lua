-- What one wrk run found, as one line for `bench`: requests a second, p99 in milliseconds, answers that were no 2xx,
-- connections that failed, bytes of a body with its headers.
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("\nBENCH %.1f %.2f %d %d %d\n",
    summary.requests / (summary.duration / 1e6),
    latency:percentile(99) / 1000,
    errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    summary.requests > 0 and summary.bytes / summary.requests or 0))
end
