// Suggestions while somebody types into a search box: a combobox with a list (ARIA 1.2). Without this the box searches as always.

const WAIT = 150;
const LEAST = 2;

const suggest = (form) => {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  const care = document.querySelector("[data-care]");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status.className = "sr";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.parentElement.classList.add("suggests");
  for (const [name, value] of [["role", "combobox"], ["autocomplete", "off"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }

  let timer;
  let request;
  const options = () => [...list.children];
  const active = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  // Marks the option at this place; any other place marks none, and the typed words count again.
  const mark = (place) => {
    for (const [at, option] of options().entries()) option.setAttribute("aria-selected", String(at === place));
    const marked = options()[place];
    if (marked) {
      input.setAttribute("aria-activedescendant", marked.id);
      marked.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const close = () => {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const show = (page) => {
    const found = [...page.querySelectorAll("[role=option]")];
    for (const [at, option] of found.entries()) {
      option.id = `${list.id}-${at}`;
      option.setAttribute("aria-selected", "false");
    }
    list.replaceChildren(...found);
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    const many = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
    status.textContent = found.length ? `${many}. Up and down arrows choose.` : "No suggestions.";
    // Help for somebody whose words show that they may need it, as the page of results would show it.
    const panels = page.querySelector("[data-care]");
    if (panels && care) care.replaceChildren(...panels.childNodes);
  };

  const ask = async () => {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const fields = new URLSearchParams({ q: input.value });
    const board = form.querySelector("[name=board]")?.value;
    if (board) fields.set("board", board);
    try {
      const answer = await fetch(`${form.dataset.suggest}?${fields}`, { signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error("no suggestions");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!signal.aborted && document.activeElement === input) show(page);
    } catch {
      if (!signal.aborted) close();
    }
  };

  const go = (option) => location.assign(option.dataset.url);

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if ([...input.value.trim()].length < LEAST) close();
    else timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = options().length - 1;
    const place = active();
    if (event.key === "ArrowDown") mark(place === last ? -1 : place + 1);
    else if (event.key === "ArrowUp") mark(place === -1 ? last : place - 1);
    else if (event.key === "Enter" && place >= 0) go(options()[place]);
    else if (event.key === "Escape") close();
    else return;
    // Three presses of Escape still leave quickly: the page hears every one.
    event.preventDefault();
  });
  // A press on an option must not take the focus away before it counts.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", () => {
    close();
    // A short address: what was left empty says nothing.
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });
};

for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form);
