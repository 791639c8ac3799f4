// Writing a post: preview in place, drafts kept from time to time, a word of warning before words are lost.

const form = document.querySelector("form[data-compose]");
const status = form?.querySelector("[data-saved]");
let typed = false;
let unsaved = false;

// Sends the form as the button would, and gives the page that answers.
const send = async (url, action) => {
  const body = new URLSearchParams(new FormData(form));
  body.set("action", action);
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "text/html" } });
  return { ok: answer.ok, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
};

// The server draws the preview; we only take it out of its page. Where that fails, the button does what it always did.
const preview = async (button) => {
  const here = document.querySelector("[data-preview-here]");
  try {
    // The buttons are called `action` and hide the property of that name.
    const { page } = await send(form.getAttribute("action"), "preview");
    const there = page.querySelector("[data-preview-here]");
    const errors = page.querySelector("form[data-compose] .error, .errors");
    if (!there || errors) throw new Error("no preview");
    here.replaceChildren(...there.childNodes);
    here.setAttribute("tabindex", "-1");
    here.focus();
    here.scrollIntoView({ block: "start" });
  } catch {
    button.dataset.plain = "1";
    form.requestSubmit(button);
  }
};

// What others have asked already, and help where the words show that it may be needed, whenever a line of the question is done. Both
// are taken out of the page that the server draws. Without an answer nothing changes.
const alike = form?.querySelector("[data-alike]");
const ask = async () => {
  const title = form.querySelector("[name=title]")?.value.trim() ?? "";
  if ([...title].length < 8) return;
  try {
    const { page } = await send(form.getAttribute("action"), "alike");
    const care = page.querySelectorAll("[data-preview-here] > .care");
    const there = page.querySelector("[data-alike]");
    if (there) alike.replaceChildren(...care, ...there.childNodes);
  } catch {
    // The question can be asked without.
  }
};

const autosave = async () => {
  if (!unsaved) return;
  unsaved = false;
  try {
    const { ok, page } = await send(form.dataset.autosave, "draft");
    // Where the server does not keep it, it says why: the draft may have been posted or thrown away in another window.
    const why = page.querySelector(".errors p")?.textContent ?? "";
    if (status) status.textContent = ok ? "Kept in your drafts." : why;
    if (!ok) unsaved = true;
  } catch {
    unsaved = true;
    if (status) status.textContent = "We cannot reach the server. Your words are still here.";
  }
};

const count = (field) => {
  const left = Number(field.dataset.max) - [...field.value].length;
  const hint = document.getElementById(`${field.id}-hint`);
  if (!hint) return;
  hint.dataset.text ??= hint.textContent;
  hint.textContent = left < 20 ? `${hint.dataset.text} ${left < 0 ? `${-left} too many.` : `${left} left.`}` : hint.dataset.text;
};

if (form) {
  form.addEventListener("input", (event) => {
    typed = true;
    unsaved = true;
    if (event.target.dataset.max) count(event.target);
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.hasAttribute("data-preview") && !button.dataset.plain) {
      event.preventDefault();
      preview(button);
      return;
    }
    typed = false;
  });
  if (alike) form.addEventListener("change", (event) => ["title", "body"].includes(event.target.name) && ask());
  if (form.dataset.autosave) setInterval(autosave, 20000);
  addEventListener("beforeunload", (event) => {
    // Leaving quickly must never be held up by a question.
    if (typed && !document.documentElement.hidden) event.preventDefault();
  });
}
