import { findIncidentSince, type Incident } from "../../../core/db/monitoring/incidents.ts";
import { findAlert, type StoredAlert } from "../../../core/db/monitoring/monitor-alerts.ts";
import { listTargetStates } from "../../../core/db/monitoring/monitor-states.ts";
import {
  findTargetEver,
  findTargetName,
  listTargets,
  listTold,
  type StoredTarget,
} from "../../../core/db/monitoring/monitor-targets.ts";
import { findOutageAt, type StoredOutage } from "../../../core/db/monitoring/outages.ts";
import { listPowerQuestions, type PowerQuestion } from "../../../core/db/monitoring/power-questions.ts";
import { findSiteContact } from "../../../core/db/monitoring/site-contacts.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { calmAt } from "../../../core/domain/monitoring/flapping.ts";
import { policyOf } from "../../../core/domain/monitoring/policy.ts";
import type { Target } from "../../../core/domain/monitoring/target.ts";
import { seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showShortTime, showTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { behindLine } from "./incident-lines.ts";
import { downWord, showSpan, stateWordsOf, targetButton } from "./monitor-words.ts";
import { takeButtons, ticketLine } from "./outage-handling.ts";
import { causeLine, outageButton, placeLine, powerLine, takenLine, unwatchedLine } from "./outage-words.ts";
import { isReached, powerButtons } from "./power-button.ts";

const longestName = 50;

/** One message for one cause, as it stands when it is sent or edited. */
export async function renderOutageTold(
  db: Db,
  viewer: Person,
  { alertId, isReminder }: { alertId: number; isReminder?: true },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const alert = seesAllTargets(viewer) ? await findAlert(db, alertId) : undefined;
  const root = alert && (await findTargetEver(db, alert.rootId));
  if (alert === undefined || root === undefined) return undefined;
  const { name } = root;
  const isOver = alert.ending !== null;
  const outage = await findOutageAt(db, alert.rootId, alert.endedAt ?? now);
  const questions = outage === undefined ? [] : await listPowerQuestions(db, outage.id);
  // Administrators see outages, and no tickets.
  const incident = worksAtDesk(viewer) ? await findIncidentOfAlert(db, alert) : undefined;
  return {
    as: "text",
    html: lines(
      isReminder && !isOver ? html`🔔 Belum ada yang menangani:` : undefined,
      headLine(alert, root),
      html`${root.kind === "job" ? "Ditunggu sejak" : "Sejak"} ${showTime(alert.since, office)}${isOver ? "" : ` (${showSpan(now.getTime() - alert.since.getTime())})`}`,
      endLine(alert, root, office),
      isOver || alert.kind === "down" ? undefined : await flappingLines(db, root, office),
      await childrenLine(db, alert),
      isOver ? undefined : await placeLine(db, alert.rootId),
      await takenLine(db, alert, office),
      ...questions.map((question) => powerLine(question, office)),
      causeLine(outage?.causeCode ?? null),
      incident && (await ticketLine(db, incident, isOver)),
    ).markup,
    buttons: [
      takeButtons([alert]),
      outage === undefined ? [] : await askButtons(db, outage, questions),
      [
        targetButton(alert.rootId, `🔎 Buka ${shorten(name, longestName)}`),
        ...(outage === undefined ? [] : [outageButton(outage.id)]),
      ],
      ...(incident === undefined ? [] : [[openButton(incident.ticketId)]]),
    ],
  };
}

async function askButtons(db: Db, outage: StoredOutage, questions: readonly PowerQuestion[]): Promise<Button[]> {
  const contact = await findSiteContact(db, outage.targetId);
  return powerButtons(outage, contact, { questions, hasChat: await isReached(db, contact) }, "message");
}

function findIncidentOfAlert(db: Db, { rootId, since, endedAt }: StoredAlert): Promise<Incident | undefined> {
  return findIncidentSince(db, rootId, { since, until: endedAt });
}

function headLine({ kind, ending }: StoredAlert, { name, kind: of }: Pick<Target, "name" | "kind">): Html {
  if (ending === "restored") return html`✅ <b>${name}</b> normal kembali`;
  if (ending === "absorbed") return html`⛓ <b>${name}</b> ${downWord(of)} karena yang di depannya terputus`;
  if (ending === "unwatched") return html`⏸ <b>${name}</b> tidak dipantau lagi`;
  return kind === "flapping" ? html`🔁 <b>${name}</b> naik turun` : html`🔴 <b>${name}</b> ${downWord(of)}`;
}

function endLine(
  { kind, endedAt, ending, since }: StoredAlert,
  { kind: of }: Pick<Target, "kind">,
  office: OfficeWords,
): Html | undefined {
  if (endedAt === null) return undefined;
  const span = showSpan(endedAt.getTime() - since.getTime());
  if (ending === "unwatched" && kind === "down") return unwatchedLine(of, endedAt, span, office);
  return html`Sampai ${showTime(endedAt, office)} (${span})`;
}

/** How it is now, how often it flipped lately, and when that is over. */
async function flappingLines(
  db: Db,
  { id, kind }: Pick<StoredTarget, "id" | "kind">,
  office: OfficeWords,
): Promise<Html | undefined> {
  const known = (await listTargetStates(db)).get(id);
  const last = known?.flapping.flips.at(-1);
  if (known === undefined || last === undefined) return undefined;
  const targets = await listTargets(db);
  const tree = new Map(targets.map((target) => [target.id, target]));
  const said = new Map(targets.map((target) => [target.id, target.policy]));
  const policy = policyOf(id, tree, said, office.monitoring.policy);
  const { flips } = known.flapping;
  const calm = calmAt(flips, policy);
  return lines(
    html`Sekarang: <b>${stateWordsOf({ kind })[known.state].label.toLowerCase()}</b>. ${flips.length} kali terputus atau pulih dalam ${policy.flapWindowMinutes} menit, terakhir ${showShortTime(last, office)}`,
    calm && html`Dinyatakan stabil ${showShortTime(calm, office)}, bila tidak berubah lagi`,
  );
}

async function childrenLine(db: Db, { children, ending }: StoredAlert): Promise<Html | undefined> {
  if (children.length === 0 || ending !== null) return undefined;
  const behind = await listTold(db, children);
  return behindLine(behind, behind);
}

/** It is back; the message above says so, too, but without a sound. */
export async function renderOutageOver(
  db: Db,
  viewer: Person,
  { alertId }: { alertId: number },
): Promise<Rendered | undefined> {
  const alert = seesAllTargets(viewer) ? await findAlert(db, alertId) : undefined;
  const name = alert && (await findTargetName(db, alert.rootId));
  if (alert?.endedAt == null || name === undefined) return undefined;
  const span = showSpan(alert.endedAt.getTime() - alert.since.getTime());
  const text = html`✅ <b>${name}</b> normal kembali setelah ${span}.`;
  return {
    as: "text",
    html: text.markup,
    buttons: [[targetButton(alert.rootId, `🔎 Buka ${shorten(name, longestName)}`)]],
  };
}
