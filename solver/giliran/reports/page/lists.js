// Duty, fairness, findings, changes and answers: lists that grow as they are read.

const lists = {};
/** Officers who are shown at a time. */
const OFFICERS = 60;

function makeLists(places) {
  lists.duty = new LongList(places.duty, dutyItem, 10);
  lists.fairness = new LongList(places.fairness, fairItem);
  lists.findings = new LongList(places.findings, findingItem);
  lists.changes = new LongList(places.changes, changeItem);
  lists.answers = new LongList(places.answers, answerItem);
}

const drawList = {
  duty: () => lists.duty.show(dutyItems(), words.nothing),
  fairness: () => lists.fairness.show(fairItems(), words.nothing),
  findings: () => lists.findings.show(findingItems(), words.nothing),
  changes: () => lists.changes.show(changeItems(), model.data.changes?.length ? words.nobody : words.no_changes),
  answers: () => lists.answers.show(model.data.answers.filter((answer) => isShown(answer.row)), words.nobody),
};

/** Officers of each day and duty, some at a time; the first ones have the headings. */
function dutyItems() {
  const shown = model.data.duty.filter(([row, day]) => isShown(row) && (filters.day === NONE || filters.day === day));
  const byDay = gathered(shown, ([row, day, rule]) => [day, [rule, row]]);
  return [...byDay].flatMap(([day, officers]) => {
    const parts = [...gathered(officers, (pair) => pair)].flatMap(([rule, rows]) => portions(rows).map((some, number) => ({ day, rule: number ? NONE : rule, rows: some })));
    return parts.map((part, number) => ({ ...part, first: number === 0 }));
  });
}

function portions(rows) {
  const found = [];
  for (let from = 0; from < rows.length; from += OFFICERS) found.push(rows.slice(from, from + OFFICERS));
  return found;
}

function dutyItem({ day, rule, rows, first }) {
  const heads = [first ? element("h3", { text: model.data.days[day].long }) : null, rule === NONE ? null : element("h4", { text: ruleText(rule) })];
  return element("section", { class: "watch" }, ...heads, element("ul", {}, ...rows.map((row) => officerItem(row, day))));
}

function officerItem(row, day) {
  const { people } = model.data;
  const about = [people.phone[row], unitPath(people.unit[row])].filter(Boolean).join(" · ");
  return element("li", {}, personButton(row, day), element("span", { class: "minor", dir: "auto", text: about }));
}

/** The name of a person, who is shown in the plan when it is pressed. */
function personButton(row, day) {
  return button(model.data.people.name[row], () => select(row, day, { open: true }), { class: "link", dir: "auto" });
}

/** A heading for each goal, then its groups. */
function fairItems() {
  const shown = model.data.fairness.filter((account) => isGroupShown(account, account.group));
  const most = Math.max(1, ...shown.map((account) => Math.max(account.highest * 1000, account.share_highest)));
  const byGoal = gathered(shown, (account) => [account.rule, account]);
  return [...byGoal].flatMap(([rule, accounts], number) => [{ rule, first: number === 0 }, ...accounts.map((account) => ({ account, most }))]);
}

function fairItem({ rule, first, account, most }) {
  if (!account) return element("div", { class: "goal" }, element("h3", { text: ruleText(rule) }), first ? element("p", { class: "about", text: words.fair_key }) : null);
  const { lowest, highest } = account;
  const values = { low: lowest, high: highest, share: days(account.share) };
  const text = filled(lowest === highest ? words.fair_same : words.fair_days, values);
  const differences = filled(words.fair_differences, { low: days(account.difference_lowest, true), high: days(account.difference_highest, true) });
  const name = element("div", { class: "who" }, element("span", { dir: "auto", text: account.group }), element("span", { class: "minor", text: filled(words.fair_members, { count: account.members }) }));
  return element("div", { class: "account" }, name, fairChart(account, most), element("div", { class: "numbers" }, element("span", { text }), element("span", { class: "minor", text: differences })));
}

function fairChart(account, most) {
  const at = (thousandths) => `${(100 * thousandths) / most}%`;
  const range = element("span", { class: "range" });
  range.style.left = at(account.lowest * 1000);
  range.style.width = at((account.highest - account.lowest) * 1000);
  const share = element("span", { class: "share" });
  share.style.left = at(account.share);
  return element("div", { class: "chart", "aria-hidden": "true" }, range, share);
}

/** Findings that are shown, before the first of each strength its name and how many there are. */
function findingItems() {
  const shown = model.data.findings.filter(isFindingShown);
  const byStrength = gathered(shown, (finding) => [finding.strength, finding]);
  return [...byStrength].flatMap(([strength, found]) => [{ strength, count: found.length }, ...found]);
}

function isFindingShown(finding) {
  if (filters.unit !== NONE && finding.rows.length ? !finding.rows.some((row) => isBelow(model.data.people.unit[row], filters.unit)) : !isAbout(finding.unit, [])) return false;
  return isAbout(NONE, finding.days) && (isSearched(plain(finding.text)) || finding.rows.some((row) => isSearched(model.text[row])));
}

const strengthWord = (strength) => ({ must: words.broken, should: words.cost, note: words.note })[strength];

function findingItem(finding) {
  if (finding.text === undefined) return element("h3", { class: finding.strength, text: `${strengthWord(finding.strength)} (${finding.count})` });
  const about = [ruleLabel(finding.rule), finding.unit === NONE ? "" : unitPath(finding.unit)].filter(Boolean).join(" · ");
  const made = element("div", { class: `finding ${finding.strength}` }, element("p", { text: finding.text }), element("p", { class: "minor", text: about }));
  if (finding.rows.length) made.append(element("p", { class: "people" }, ...finding.rows.map((row) => personButton(row, finding.days[0] ?? NONE))));
  return made;
}

/** Changes person by person. */
function changeItems() {
  const shown = (model.data.changes ?? []).filter((change) => isShown(change.row) && isAbout(NONE, [change.day]));
  return [...gathered(shown, (change) => [change.row, change])].map(([row, changes]) => ({ row, changes }));
}

function changeItem({ row, changes }) {
  const lines = changes.map((change) => element("li", {}, element("strong", { text: `${model.data.days[change.day].long}: ` }), changeText(change)));
  return element("section", { class: "person" }, element("h3", {}, personButton(row, changes[0].day)), element("p", { class: "minor", text: unitPath(model.data.people.unit[row]) }), element("ul", {}, ...lines));
}

function answerItem(answer) {
  return element("section", { class: "answer" }, ...answer.lines.map(([depth, text], number) => element(number ? "p" : "h3", { class: `depth${Math.min(depth, 3)}`, text })));
}
