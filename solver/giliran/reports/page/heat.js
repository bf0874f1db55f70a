// Limits: groups by days, how many people there are and how many there may be.

const heat = { table: null, limit: 0, steps: [0.5, 0.75, 0.9, 1] };
const NO_LIMIT = -1;

function makeHeat(place) {
  const options = model.data.limits.map((limit, number) => [number, ruleText(limit.rule)]);
  heat.limit = firstLimit();
  const chosen = choice("limit", words.limit, [...options, [NO_LIMIT, words.everybody]], (value) => {
    heat.limit = Number(value);
    drawHeat();
  });
  chosen.querySelector("select").value = heat.limit;
  heat.about = element("p", { class: "about" });
  heat.told = element("p", { class: "told", "aria-live": "polite" });
  place.append(element("div", { class: "bar" }, chosen, heat.about));
  heat.table = new Table(place, words.heat_label, { head: heatHead, row: heatCells, chosen: tellHeat, opened: tellHeat });
  heat.table.place.classList.add("heat");
  place.append(element("ul", { class: "key", "aria-label": words.key }, ...heatKey()), heat.told);
}

function heatKey() {
  const scale = element("span", { class: "scale", "aria-hidden": "true" }, ...[0, 1, 2, 3, 4].map((level) => element("span", { class: `level${level}` })));
  const marks = [["!", words.broken_key], ["•", words.told_key]];
  return [element("li", {}, scale, element("span", { text: words.heat_key })), ...marks.map(([text, word]) => keyItem("mark", text, word))];
}

/** The first limit from above that lets somebody be there, else the first from above, else the first one, else none. */
function firstLimit() {
  const { limits } = model.data;
  const isUpper = (limit) => limit.sense !== "least";
  const opens = (limit) => limit.groups.some(({ cells }) => cells.some(([, , , , most]) => most > 0));
  const found = [limits.findIndex((limit) => isUpper(limit) && opens(limit)), limits.findIndex(isUpper), limits.length ? 0 : NO_LIMIT];
  return found.find((number) => number >= 0) ?? NO_LIMIT;
}

function drawHeat() {
  const limit = model.data.limits[heat.limit];
  heat.days = shownDays();
  const groups = limit ? limit.groups.map((group) => groupItem(limit, group)) : unitItems();
  const shown = groups.filter((group) => isGroupShown(group, group.name));
  heat.about.textContent = limit?.side === "home" ? words.counts_home : limit ? words.counts_office : words.everybody;
  heat.told.textContent = "";
  heat.table.show(shown, heat.days.length);
}

/** A group of a limit with a cell for each day on which it counts. */
function groupItem(limit, group) {
  const cells = new Map();
  for (const [day, office, home, least, most, state, sum] of group.cells) {
    const counted = limit.side === "home" ? home : office;
    const bound = most === NONE ? least : most;
    const room = Math.min(most === NONE ? Infinity : most - counted, least === NONE ? Infinity : counted - least);
    const tight = most === NONE ? least / Math.max(counted, 1) : counted / Math.max(most, 1);
    cells.set(day, { text: `${counted}/${bound}`, tight, room, state, label: `${filled(words.office_home, { office, home })}; ${model.data.sums[sum]}` });
  }
  return { name: group.name, unit: group.unit, cells };
}

/** Every unit with all people at or below it, in the office of those at work. */
function unitItems() {
  const { units, people, days } = model.data;
  const counts = units.map(() => days.map(() => ({ office: 0, home: 0, away: 0 })));
  people.unit.forEach((own, row) => {
    for (let unit = own; unit !== NONE; unit = units[unit].parent) days.forEach((day, number) => count(counts[unit][number], letterAt(row, number)));
  });
  return units.map((unit, number) => ({ name: unit.path, unit: number, cells: new Map(counts[number].map(countCell)) }));
}

function countCell({ office, home }, day) {
  const all = office + home;
  return [day, all ? { text: `${office}/${all}`, tight: office / all, room: 1, state: 0, label: filled(words.office_home, { office, home }) } : undefined];
}

function heatHead() {
  const columns = heat.days.map((day, place) => dayHead(day, heat.days[place - 1]));
  return [element("div", { class: "first", role: "columnheader", text: words.group }), ...columns];
}

function heatCells(item) {
  const name = element("div", { class: "first", role: "rowheader", tabindex: -1, title: item.name }, element("span", { class: "name", dir: "auto", text: item.name }));
  return [name, ...heat.days.map((day, place) => heatCell(item, day, heat.days[place - 1]))];
}

function heatCell(item, day, before) {
  const found = item.cells.get(day);
  const about = { role: "gridcell", tabindex: -1 };
  if (!found) return element("div", { ...about, class: `cell free${weekEdge(day, before)}` });
  const level = heat.steps.filter((step) => found.tight >= step).length;
  const look = `cell level${level}${["", " told", " broken"][found.state]}${weekEdge(day, before)}`;
  const label = heatText(item, day);
  const made = element("div", { ...about, class: look, "aria-label": label, title: label }, element("span", { text: found.text }));
  return withMarks(made, { b: ["", "•", "!"][found.state] });
}

function heatText(item, day) {
  const found = item.cells.get(day);
  const state = ["", words.told_key, words.broken_key][found.state] || (found.room === 0 ? words.at_limit : "");
  return `${item.name}, ${model.data.days[day].long}: ${found.label}${state ? `; ${state}` : ""}`;
}

/** What stands behind the numbers of a cell, below the table. */
function tellHeat(item, column) {
  const day = heat.days[column - 1];
  heat.told.textContent = item?.cells.get(day) ? heatText(item, day) : "";
}
