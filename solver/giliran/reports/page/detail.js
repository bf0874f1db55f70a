// What is known about the person and day that are chosen.

const detail = { actions: element("div", { id: "actions" }) };

function fillDetail(row, day) {
  const { people, positions, days } = model.data;
  const facts = [people.nip[row] || people.id[row], positions[people.position[row]], unitPath(people.unit[row])].filter(Boolean);
  const counts = filled(words.days_of, countsOfPerson(row, days.map((each, number) => number)));
  detail.actions.replaceChildren();
  find("detail").replaceChildren(
    element("div", { class: "bar" }, element("h2", { id: "detail-name", dir: "auto", tabindex: -1, text: people.name[row] }), button(words.close, closeDetail, { id: "close" })),
    ...facts.map((text) => element("p", { class: "minor", dir: "auto", text })),
    element("p", { text: counts }),
    ...(day === NONE ? [] : [dayPart(row, day)]),
    detail.actions,
    ...findingsPart(row, day),
    ...(model.answers.get(row) ?? []).map(({ lines }) => answerItem({ lines: [[0, words.answers], ...lines.slice(1)] })),
  );
}

function dayPart(row, day) {
  return element("section", { class: "of-day" }, element("h3", { text: model.data.days[day].long }), ...told(row, day).map((text) => element("p", { text })));
}

/** Findings about the person, on the day if one is chosen. */
function findingsPart(row, day) {
  const found = (model.foundOf.get(row) ?? []).filter((finding) => day === NONE || !finding.days.length || finding.days.includes(day));
  if (!found.length) return [];
  const lines = found.map((finding) => element("li", { class: finding.strength }, element("b", { text: `${strengthWord(finding.strength)}: ` }), finding.text));
  return [element("section", {}, element("h3", { text: words.findings }), element("ul", {}, ...lines))];
}

function openDetail({ focus = false } = {}) {
  if (!state.selected) return;
  find("detail").hidden = false;
  grid.table.reveal();
  if (focus) find("detail-name").focus();
}

/** On a telephone the panel lies over the page: there is room to move the page, so far that the chosen cell is above the panel. */
function keepInSight() {
  const panel = find("detail");
  const lies = !panel.hidden && getComputedStyle(panel).position === "fixed";
  find("main").style.paddingBottom = lies ? `${panel.offsetHeight}px` : "";
  const cell = lies && grid.table.cell();
  const covered = cell ? Math.ceil(cell.getBoundingClientRect().bottom - panel.getBoundingClientRect().top) : 0;
  if (covered > 0) scrollBy(0, covered);
}

function closeDetail() {
  find("detail").hidden = true;
  if (state.view === "grid") grid.table.focus();
}
