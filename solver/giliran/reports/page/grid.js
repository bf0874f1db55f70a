// The plan: people by days, unit after unit.

const grid = { view: null, table: null, number: new Map() };

function makeGrid(place, { chosen, opened }) {
  const label = `${words.grid_label}. ${words.grid_help}`;
  const where = (item, column) => ({ row: item?.row ?? NONE, day: grid.days[column - 1] ?? NONE });
  grid.key = element("ul", { class: "key", "aria-label": words.key });
  grid.table = new Table(place, label, {
    head: gridHead,
    row: (item) => (item.kind === "unit" ? unitCells(item) : personCells(item.row)),
    chosen: (item, column) => chosen(where(item, column)),
    clicked: openDetail,
    opened: (item, column, twice) => opened(where(item, column), twice),
  });
  place.append(grid.key);
}

function drawGrid(rows) {
  grid.days = shownDays();
  grid.rows = rows;
  const items = gridItems(rows);
  grid.number = new Map(items.map((item, number) => [item.row, number]));
  grid.table.show(items, grid.days.length + 2);
  grid.key.replaceChildren(...keyOf(rows));
}

/** Before the people of each unit a line with the unit and its counts. */
function gridItems(rows) {
  const items = [];
  let last;
  for (const row of rows) {
    const unit = model.data.people.unit[row];
    if (!last || last.unit !== unit) items.push((last = { kind: "unit", unit, rows: [] }));
    last.rows.push(row);
    items.push({ row });
  }
  return items;
}

function gridHead() {
  const columns = grid.days.map((day, place) => dayHead(day, grid.days[place - 1]));
  const sums = ["WFO", "WFH"].map((text) => element("div", { class: "cell sum", role: "columnheader", text }));
  return [element("div", { class: "first", role: "columnheader", text: words.person }), ...columns, ...sums];
}

function dayHead(day, before) {
  const { weekday, short, long, holiday } = model.data.days[day];
  const about = { class: `cell day${weekEdge(day, before)}${holiday ? " resting" : ""}`, role: "columnheader", "aria-label": long };
  return element("div", about, element("span", { text: weekday }), element("span", { text: short }));
}

function weekEdge(day, before) {
  return before !== undefined && model.data.days[before].week !== model.data.days[day].week ? " week" : "";
}

function unitCells(item) {
  const counts = grid.days.map((day) => countsOf(item.rows, day));
  const cells = counts.map(({ office, home }, place) => {
    const day = grid.days[place];
    const label = `${unitName(item.unit)}, ${model.data.days[day].long}: ${filled(words.office_home, { office, home })}`;
    return element("div", { class: `cell count${weekEdge(day, grid.days[place - 1])}`, role: "gridcell", tabindex: -1, "aria-label": label, text: office + home ? office : "" });
  });
  const above = unitAbove(item.unit);
  const name = element("div", { class: "first", role: "rowheader", tabindex: -1, title: unitPath(item.unit) });
  name.append(element("span", { class: "name", dir: "auto", text: `${unitName(item.unit)} (${item.rows.length})` }));
  if (above) name.append(element("span", { class: "minor", dir: "auto", text: above }));
  return [name, ...cells, ...sumCells(counts)];
}

function sumCells(counts) {
  const sum = (side) => counts.reduce((total, each) => total + each[side], 0);
  return ["office", "home"].map((side) => element("div", { class: "cell sum", role: "gridcell", tabindex: -1, text: sum(side) }));
}

function personCells(row) {
  const { people, positions } = model.data;
  const about = positions[people.position[row]] || people.nip[row] || people.id[row];
  const name = element("div", { class: "first", role: "rowheader", tabindex: -1 });
  name.append(element("span", { class: "name", dir: "auto", text: people.name[row] }), element("span", { class: "minor", dir: "auto", text: about }));
  const cells = grid.days.map((day, place) => dayCell(row, day, grid.days[place - 1]));
  return [name, ...cells, ...sumCells([countsOfPerson(row, grid.days)])];
}

function dayCell(row, day, before) {
  const key = cellKey(row, day);
  const code = model.data.codes[letterAt(row, day)];
  const [duty, changed, broken] = [model.duty.has(key), model.changed.has(key), model.broken.has(key)];
  const marks = `${duty ? " duty" : ""}${changed ? " changed" : ""}${broken ? " broken" : ""}`;
  const about = { class: `cell ${code.look}${marks}${weekEdge(day, before)}`, role: "gridcell", tabindex: -1 };
  const label = `${model.data.people.name[row]}, ${model.data.days[day].long}: ${told(row, day).join(", ")}`;
  const made = element("div", { ...about, "aria-label": label, title: told(row, day).join("\n") }, element("span", { text: code.text }));
  return withMarks(made, { p: duty && "P", c: changed && "Δ", b: broken && "!" });
}

/** Marks in the corner of a cell, above its text, by their classes; what is false is none. */
function withMarks(cell, marks) {
  const found = Object.entries(marks).filter(([, text]) => text);
  if (!found.length) return cell;
  cell.classList.add("marked");
  cell.append(element("span", { class: "marks" }, ...found.map(([name, text]) => element("b", { class: name, text }))));
  return cell;
}

/** What letters, colours and marks of the rows at hand mean. */
function keyOf(rows) {
  const { codes, people } = model.data;
  const seen = new Set(rows.length === people.cells.length ? people.cells.join("") : rows.map((row) => people.cells[row]).join(""));
  const found = Object.entries(codes).filter(([letter]) => seen.has(letter));
  const marks = [["P", words.on_duty_key, model.duty.size], ["Δ", words.changed_key, model.changed.size], ["!", words.broken_key, model.broken.size]];
  return [
    ...found.map(([, code]) => keyItem(code.look, code.text, code.word)),
    ...marks.filter(([, , size]) => size).map(([text, word]) => keyItem("mark", text, word)),
  ];
}

function keyItem(look, text, word) {
  return element("li", {}, element("span", { class: `swatch ${look}`, text, "aria-hidden": text ? undefined : "true" }), text === word ? null : element("span", { text: word }));
}
