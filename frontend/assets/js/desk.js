// Keys for people who work here all day. They act only while the list has the focus, so that no screen reader loses a key to them.

const queue = document.querySelector("[data-queue]");

if (queue) {
  const links = [...queue.querySelectorAll("[data-open]")];
  const help = document.querySelector("[data-keys]");
  if (help) help.hidden = false;
  const move = (by) => {
    const at = links.indexOf(document.activeElement);
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  queue.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
  });
}
