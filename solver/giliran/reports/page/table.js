// A table of which only the rows in sight are there: a heading, a column that stays, cells that the arrow keys walk through.

const BEYOND = 8;
/** Rows that are printed; a browser takes a second for some hundred of them, and nobody wants more sheets. */
const MOST_PRINTED = 1500;

class Table {
  /**
   * `place` takes the table; `head()` gives its heading cells, `row(item)` the cells of an item, the first of each stays in sight;
   * `chosen(item, column)` is told where the reader is, `clicked()` that it was by a click, `opened(item, column)` when more is wanted.
   */
  constructor(place, label, { head, row, chosen, clicked, opened }) {
    Object.assign(this, { head, row, chosen, clicked, opened, items: [], rows: new Map(), at: { item: 0, column: 0 }, printing: false });
    this.top = element("div", { class: "head", role: "rowgroup" });
    this.body = element("div", { class: "body", role: "rowgroup" });
    this.place = element("div", { class: "table", role: "grid", "aria-label": label, "aria-readonly": "true" }, this.top, this.body);
    this.cut = element("p", { class: "cut", hidden: true });
    place.append(this.place, this.cut);
    this.place.addEventListener("scroll", () => this.later(), { passive: true });
    this.place.addEventListener("keydown", (event) => this.key(event));
    this.place.addEventListener("click", (event) => this.click(event, false));
    this.place.addEventListener("dblclick", (event) => this.click(event, true));
    new ResizeObserver(() => this.later()).observe(this.place);
  }

  /** Show other items, in as many columns besides the first. */
  show(items, columns) {
    Object.assign(this, { items, columns });
    this.at = { item: Math.min(this.at.item, Math.max(items.length - 1, 0)), column: Math.min(this.at.column, columns) };
    this.place.setAttribute("aria-rowcount", items.length + 1);
    this.place.setAttribute("aria-colcount", columns + 1);
    this.place.style.setProperty("--columns", columns);
    const heading = element("div", { class: "row", role: "row", "aria-rowindex": 1 }, ...this.head());
    this.number(heading);
    this.top.replaceChildren(heading);
    this.height = parseFloat(getComputedStyle(this.place).getPropertyValue("--row"));
    this.body.style.height = `${items.length * this.height}px`;
    this.again();
  }

  /** Draw all rows in sight anew. */
  again() {
    const focused = this.body.contains(document.activeElement);
    this.rows.clear();
    this.body.replaceChildren();
    this.draw();
    if (focused) this.focus();
  }

  later() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      if (!this.printing) this.draw();
    });
  }

  /** The first and the last item in sight, and the one where the reader is. */
  wanted() {
    if (this.printing) return this.items.slice(0, MOST_PRINTED).map((item, number) => number);
    const first = Math.max(0, Math.floor(this.place.scrollTop / this.height) - BEYOND);
    const last = Math.min(this.items.length, Math.ceil((this.place.scrollTop + this.place.clientHeight) / this.height) + BEYOND);
    const found = [];
    for (let number = first; number < last; number += 1) found.push(number);
    const { item } = this.at;
    if (item < this.items.length && (item < first || item >= last)) found.push(item);
    return found;
  }

  draw() {
    const wanted = new Set(this.wanted());
    for (const [number, row] of this.rows) {
      if (wanted.has(number)) continue;
      row.remove();
      this.rows.delete(number);
    }
    const missing = [...wanted].filter((number) => !this.rows.has(number)).sort((one, other) => one - other);
    const made = missing.map((number) => [number, this.make(number)]);
    if (this.rows.size) made.forEach(([number, row]) => this.put(number, row));
    else this.body.append(...made.map(([, row]) => row));
    for (const [number, row] of made) this.rows.set(number, row);
  }

  make(number) {
    const item = this.items[number];
    const made = element("div", { class: `row ${item.kind ?? ""}`, role: "row", "aria-rowindex": number + 2 }, ...this.row(item));
    made.style.top = `${number * this.height}px`;
    made.dataset.item = number;
    this.number(made);
    if (number === this.at.item) made.children[this.at.column]?.setAttribute("tabindex", "0");
    return made;
  }

  /** Rows stand in their order in the document too, for those who read it so. */
  put(number, row) {
    let next = null;
    for (const [other, element] of this.rows) {
      if (other > number && (next === null || other < Number(next.dataset.item))) next = element;
    }
    this.body.insertBefore(row, next);
    this.rows.set(number, row);
  }

  number(row) {
    [...row.children].forEach((cell, column) => cell.setAttribute("aria-colindex", column + 1));
  }

  /** Draw one item anew. */
  redraw(number) {
    const old = this.rows.get(number);
    if (!old) return;
    const focused = old.contains(document.activeElement);
    const made = this.make(number);
    old.replaceWith(made);
    this.rows.set(number, made);
    if (focused) this.focus();
  }

  cell() {
    return this.rows.get(this.at.item)?.children[this.at.column];
  }

  focus() {
    this.cell()?.focus({ preventScroll: true });
  }

  /** Go to a cell and bring it into sight. */
  go(item, column, { focus = true } = {}) {
    this.cell()?.setAttribute("tabindex", "-1");
    this.at = { item: clamped(item, this.items.length - 1), column: clamped(column, this.columns) };
    this.reveal();
    this.draw();
    this.cell()?.setAttribute("tabindex", "0");
    if (focus) this.focus();
    this.chosen(this.items[this.at.item], this.at.column);
  }

  reveal() {
    const { place, height } = this;
    const top = this.at.item * height;
    const room = place.clientHeight - this.top.offsetHeight;
    if (top < place.scrollTop) place.scrollTop = top;
    else if (top + height > place.scrollTop + room) place.scrollTop = top + height - room;
    const [first, cell] = [this.top.firstChild.children[0], this.top.firstChild.children[this.at.column]];
    if (!cell || cell === first) return;
    const left = cell.offsetLeft - first.offsetWidth;
    if (left < place.scrollLeft) place.scrollLeft = left;
    else if (cell.offsetLeft + cell.offsetWidth > place.scrollLeft + place.clientWidth) {
      place.scrollLeft = cell.offsetLeft + cell.offsetWidth - place.clientWidth;
    }
  }

  key(event) {
    if (event.altKey || event.metaKey || !this.items.length) return;
    const { item, column } = this.at;
    const page = Math.max(1, Math.floor(this.place.clientHeight / this.height) - 2);
    const moves = {
      ArrowUp: [item - 1, column],
      ArrowDown: [item + 1, column],
      ArrowLeft: [item, column - 1],
      ArrowRight: [item, column + 1],
      PageUp: [item - page, column],
      PageDown: [item + page, column],
      Home: [event.ctrlKey ? 0 : item, 0],
      End: [event.ctrlKey ? this.items.length - 1 : item, this.columns],
    };
    if (event.key in moves) this.go(...moves[event.key]);
    else if (event.key === "Enter" || event.key === " ") this.opened(this.items[item], column);
    else return;
    event.preventDefault();
  }

  click(event, twice) {
    const cell = event.target.closest("[role=gridcell], [role=rowheader]");
    const row = cell?.closest("[data-item]");
    if (!row) return;
    const column = [...row.children].indexOf(cell);
    if (twice) this.opened(this.items[Number(row.dataset.item)], column, true);
    else {
      this.go(Number(row.dataset.item), column);
      this.clicked?.();
    }
  }

  /** All rows for paper, or as many as can be, which is told there; or those in sight again. */
  print(printing) {
    this.printing = printing;
    const left = this.items.length - MOST_PRINTED;
    this.cut.hidden = !printing || left <= 0;
    this.cut.textContent = filled(words.not_printed, { count: left });
    this.again();
  }
}

const clamped = (number, last) => Math.max(0, Math.min(number, last));
