// What is searched for and chosen; every view shows what is left.

const filters = { text: [], unit: NONE, day: NONE, place: "", around: new Set() };
const ON_DUTY = "duty";
const CHANGED = "changed";

/** Draw the form; `changed` is called when something else is chosen. */
function drawFilters(changed) {
  const { data } = model;
  const set = (name, parse) => (value) => {
    filters[name] = parse(value);
    changed();
  };
  const search = element("input", { id: "search", type: "search", placeholder: words.search, autocomplete: "off", spellcheck: "false" });
  search.addEventListener("input", () => set("text", (value) => plain(value).split(/\s+/).filter(Boolean))(search.value));
  const form = find("filters");
  form.replaceChildren(
    element("div", { class: "field search" }, element("label", { for: "search", text: words.search_label }), search),
    choice("unit", words.unit, [[NONE, words.all_units], ...data.units.map(unitOption)], set("unit", Number)),
    choice("day", words.day, [[NONE, words.all_days], ...data.days.map((day, number) => [number, day.long])], set("day", Number)),
    choice("place", words.place, placeOptions(), set("place", String)),
    element("div", { class: "field counted" }, element("output", { id: "shown", for: "search unit day place", "aria-live": "polite" })),
    button(words.clear, () => form.reset(), { id: "clear", hidden: true }),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    Object.assign(filters, { text: [], unit: NONE, day: NONE, place: "" });
    setTimeout(changed);
  });
}

const unitOption = (unit, number) => [number, `${"\u2007\u2007".repeat(unit.depth)}${unit.name}`];

function placeOptions() {
  const { codes, people, changes, duty } = model.data;
  const seen = new Set(people.cells.join(""));
  const places = Object.entries(codes).filter(([letter, code]) => code.text && seen.has(letter));
  return [
    ["", words.all_places],
    ...places.map(([letter, code]) => [letter, code.text === code.word ? code.text : `${code.text}: ${code.word}`]),
    ...(duty.length ? [[ON_DUTY, words.on_duty_only]] : []),
    ...(changes?.length ? [[CHANGED, words.changed_only]] : []),
  ];
}

/** Whether anything is searched for or chosen. */
const isFiltered = () => filters.text.length > 0 || filters.unit !== NONE || filters.day !== NONE || filters.place !== "";

/** The days that have columns now. */
function shownDays() {
  return filters.day === NONE ? model.data.days.map((day, number) => number) : [filters.day];
}

/** The rows of people who are shown now. */
function shownRows() {
  const columns = shownDays();
  return model.text.map((text, row) => row).filter((row) => isShown(row) && hasPlace(row, columns));
}

/** Whether a person is of the chosen unit and is what is searched for. */
function isShown(row) {
  return isBelow(model.data.people.unit[row], filters.unit) && isSearched(model.text[row]);
}

const isSearched = (text) => filters.text.every((word) => text.includes(word));

function hasPlace(row, columns) {
  const { place } = filters;
  if (!place) return true;
  if (place === ON_DUTY) return columns.some((day) => model.duty.has(cellKey(row, day)));
  if (place === CHANGED) return columns.some((day) => model.changed.has(cellKey(row, day)));
  return columns.some((day) => letterAt(row, day) === place);
}

/** Units of some people and all units above them. */
function unitsAround(rows) {
  const { people, units } = model.data;
  const found = new Set();
  for (const row of rows) {
    for (let unit = people.unit[row]; unit !== NONE && !found.has(unit); unit = units[unit].parent) found.add(unit);
  }
  return found;
}

/** Whether a group is shown: of the chosen unit, and called as is searched for or with somebody in it who is. */
function isGroupShown(group, name) {
  const { unit } = group;
  return isAbout(unit, []) && (unit === NONE || isSearched(plain(name)) || filters.around.has(unit));
}

/** Whether something about a unit and some days is shown: also of units above the chosen one, which it is counted in, and of no unit. */
function isAbout(unit, days) {
  const here = unit === NONE || isBelow(unit, filters.unit) || isBelow(filters.unit, unit);
  return here && (filters.day === NONE || !days.length || days.includes(filters.day));
}
