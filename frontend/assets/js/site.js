// Comfort for every page. Everything works without it.

const exit = document.querySelector("[data-exit]");

// Leaving replaces this page in the history, so that the Back button does not return to it.
const leave = () => {
  document.documentElement.hidden = true;
  location.replace(exit.href);
};

if (exit) {
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      presses = [];
      return;
    }
    const now = event.timeStamp;
    presses = [...presses.filter((then) => now - then < 1500), now];
    if (presses.length === 3) leave();
  });
}

// After a form came back, the reader starts at what to change.
document.querySelector("[data-focus]")?.focus();

// The menu closes as people expect.
const menu = document.querySelector("details.you");
if (menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// A second press of a button does nothing; the server would recognise it too.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "get") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});
// A page that the Back button brings back from memory may send again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
