// Everything in one process: a signal then reaches the servers and browsers that it started.
import './lib.test.mjs';
import './journeys.test.mjs';
import './rules.test.mjs';
import './comfort.test.mjs';
import './finding.test.mjs';
import './trouble.test.mjs';
