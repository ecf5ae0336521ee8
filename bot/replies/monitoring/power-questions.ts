import { findTargetName } from "../../../core/db/monitoring/monitor-targets.ts";
import { findOutage } from "../../../core/db/monitoring/outages.ts";
import { findPowerQuestion } from "../../../core/db/monitoring/power-questions.ts";
import type { Db } from "../../../core/db/tables.ts";
import { seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { outageButton } from "./outage-words.ts";

/** For the contact of a site: one question with two buttons, and afterwards what was answered. */
export async function renderPowerAsked(
  db: Db,
  viewer: Person,
  { questionId }: { questionId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const found = await findAsked(db, questionId);
  if (found === undefined || found.question.personId !== viewer.id) return undefined;
  const { question, outage, name } = found;
  const { isOut } = question;
  return {
    as: "text",
    html: lines(
      html`⚡ <b>Listrik padam?</b>`,
      html`<b>${name}</b> terputus sejak ${showTime(outage.startedAt, office)}. Apakah listrik di kantor Anda padam waktu itu?`,
      isOut === null
        ? undefined
        : html`\n${isOut ? "✅ Jawaban Anda: ya, listrik padam." : "✅ Jawaban Anda: tidak padam."} Terima kasih.`,
    ).markup,
    buttons:
      isOut === null
        ? [
            [
              { label: "Ya, listrik padam", press: { do: "answer-power", questionId, isOut: true } },
              { label: "Tidak", press: { do: "answer-power", questionId, isOut: false } },
            ],
          ]
        : [],
  };
}

/** For who asked. */
export async function renderPowerAnswered(
  db: Db,
  viewer: Person,
  { questionId }: { questionId: number },
): Promise<Rendered | undefined> {
  const found = seesAllTargets(viewer) ? await findAsked(db, questionId) : undefined;
  if (found === undefined || found.question.isOut === null) return undefined;
  const { question, outage, name } = found;
  const said = question.isOut ? "ya, listrik padam" : "listrik tidak padam";
  return {
    as: "text",
    html: html`⚡ <b>${name}</b>: ${question.personName} menjawab ${said}.`.markup,
    buttons: [[outageButton(outage.id)]],
  };
}

async function findAsked(db: Db, questionId: number) {
  const question = await findPowerQuestion(db, questionId);
  const outage = question && (await findOutage(db, question.outageId));
  const name = outage && (await findTargetName(db, outage.targetId));
  return question === undefined || outage === undefined || name === undefined ? undefined : { question, outage, name };
}
