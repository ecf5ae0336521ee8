import { findAvailability } from "../../../core/db/monitoring/availability.ts";
import type { Db } from "../../../core/db/tables.ts";
import { measurable } from "../../../core/domain/calendar/report-days.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { shareUp } from "../../../core/domain/monitoring/availability.ts";
import {
  type AvailabilityLine,
  type Grouping,
  groupings,
  linesBy,
} from "../../../core/domain/monitoring/availability-lists.ts";
import type { Span } from "../../../core/domain/monitoring/spans.ts";
import { maySeeTarget, seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Press } from "../../presses/press.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { markOf, measuredWords, monthButtons, monthTitle, otherShares, showShare } from "./availability-words.ts";
import { kindWords, showPercent, statusButton } from "./monitor-words.ts";

const shownOnPage = 8;
const longestName = 50;

const groupingWords: Record<Grouping, { label: string; icon: string }> = {
  link: kindWords.link,
  office: { icon: "🏢", label: "Kantor" },
  provider: { icon: "🏭", label: "Penyedia" },
  ...{ application: kindWords.application, device: kindWords.device, job: kindWords.job },
};

/** What this person may see of what was measured. */
export async function findVisible(db: Db, viewer: Person, period: Span, { monitoring }: OfficeWords) {
  const all = await findAvailability(db, period, monitoring.policy);
  return all.filter((target) => maySeeTarget(viewer, target));
}

/** By which of these it may be listed: providers and contracts are the desk's. */
function groupingsFor(viewer: Person): Grouping[] {
  return groupings.filter((by) => by !== "provider" || seesAllTargets(viewer));
}

/** Links, offices, providers, applications, devices or jobs by how much of a month they were up (R35), the lowest first. */
export async function renderAvailability(
  db: Db,
  viewer: Person,
  screen: { by: Grouping; month: string; page: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered> {
  const by = groupingsFor(viewer).find((each) => each === screen.by) ?? "link";
  const month = measurable(screen.month, office, now);
  const visible = await findVisible(db, viewer, month.period, office);
  const all = linesBy(by, visible);
  const others = groupingsFor(viewer).filter((each) => each !== by && linesBy(each, visible).length > 0);
  const first = screen.page * shownOnPage;
  const shown = all.slice(first, first + shownOnPage);
  const to = (than: Partial<typeof screen>): Press => ({
    ...{ do: "availability", by, month: screen.month, page: 0, turns: true, ...than },
  });
  return {
    as: "text",
    html: lines(
      html`📊 <b>Ketersediaan per ${groupingWords[by].label.toLowerCase()}</b>`,
      html`${monthTitle(month, office)}. Pemeliharaan dan saat tidak diketahui tidak dihitung.\n`,
      ...shown.map(lineWords),
      all.length === 0 ? html`Tidak ada yang dipantau pada bulan itu.` : undefined,
    ).markup,
    buttons: [
      ...inRows(shown.map((line) => openButton(line, screen.month))),
      pageButtons(screen.page, all.length > first + shownOnPage, (page) => to({ page })),
      monthButtons(month, office, now, (name) => to({ month: name })),
      [{ label: "🗓 Rentang lain", press: { do: "choose-days" } }],
      ...inRows(others.map((each) => groupingButton(each, to({ by: each })))),
      [{ label: "📤 Ekspor CSV", press: { do: "export-availability", month: screen.month } }, statusButton],
    ],
  };
}

function groupingButton(by: Grouping, press: Press): Button {
  const { icon, label } = groupingWords[by];
  return { label: `${icon} Per ${label.toLowerCase()}`, press };
}

/** "⚠️ 98,72% Link Dinkes (target 99,5%)", "⚠️ 98,9% PT Telkom, 2 dari 5 di bawah target" */
export function lineWords(line: AvailabilityLine): Html {
  const { name, figures, members, missed } = line;
  const [only] = members;
  const agreed =
    "targetId" in line.of && only !== undefined
      ? ` (target ${showPercent(only.agreedPercent)})`
      : missed > 0
        ? `, ${missed} dari ${members.length} di bawah target`
        : "";
  const share = shareUp(figures);
  const others = otherShares(figures).map((each) => `, ${each}`);
  return html`${markOf(line)} <b>${showShare(share)}</b> ${shorten(name, longestName)}${agreed}${others.join("")}${
    share === null ? ", belum terukur" : measuredWords(line)
  }`;
}

export function openButton({ of, name, figures }: AvailabilityLine, month: string): Button {
  const label = `${showShare(shareUp(figures))} ${shorten(name, longestName)}`;
  return { label, press: { do: "availability-of", of, month } };
}

/** From the status to the present month. */
export function availabilityButton(month: string): Button {
  return { label: "📊 Ketersediaan", press: { do: "availability", by: "link", month, page: 0 } };
}
