// Elements of the page. A text of a plan becomes the text of an element, and nothing else.

const find = (id) => document.getElementById(id);

/** A new element. `about` holds attributes; `class`, `text` and `on` (listeners by event) have their own meaning, undefined has none. */
function element(tag, about = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === undefined || value === false) continue;
    if (name === "text") made.textContent = value;
    else if (name === "class") made.className = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A text with values in the places that stand in braces. */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

function button(text, act, more = {}) {
  return element("button", { type: "button", class: "button", text, on: { click: act }, ...more });
}

/** A labelled choice; `options` are pairs of value and text. */
function choice(id, label, options, act) {
  const select = element("select", { id, on: { change: () => act(select.value) } });
  select.append(...options.map(([value, text]) => element("option", { value, text })));
  return element("div", { class: `field ${id}` }, element("label", { for: id, text: label }), select);
}

/** Thousandths of a day with at most two decimals, as the language writes them. */
function days(thousandths, signed = false) {
  const shown = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2, signDisplay: signed ? "exceptZero" : "auto" });
  return shown.format(thousandths / 1000).replace("-", "−");
}

/** A text as it is searched for: small letters without accents. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A list that shows its first items, and more when asked; `all` shows them for paper. */
class LongList {
  constructor(place, make, step = 200) {
    Object.assign(this, { place, make, step, items: [], shown: 0 });
  }

  show(items, none) {
    this.items = items;
    this.shown = 0;
    this.place.replaceChildren();
    if (!items.length) this.place.append(element("p", { class: "none", text: none }));
    else this.more();
  }

  more(count = this.step) {
    this.place.querySelector(":scope > .more")?.remove();
    const next = this.items.slice(this.shown, this.shown + count);
    this.place.append(...next.map(this.make));
    this.shown += next.length;
    const left = this.items.length - this.shown;
    if (left) this.place.append(button(filled(words.more, { count: left }), () => this.more(), { class: "button more" }));
  }

  all() {
    if (this.items.length > this.shown) this.more(this.items.length);
  }
}
