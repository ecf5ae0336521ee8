import type { Db } from "../../core/db/tables.ts";
import { findDraft } from "../../core/db/ticket/drafts.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { findForm } from "../forms/index.ts";
import { unsortedForm } from "../forms/ticket/unsorted-form.ts";
import type { Rendered } from "../rendered.ts";
import type { Screen } from "../screens/screens.ts";
import { html } from "./html.ts";
import type { OfficeWords } from "./office-words.ts";
import { explain } from "./refusals.ts";
import { renderQuestion, renderUnsorted } from "./ticket/question.ts";

/** The present question of a form; where the form has moved on only why something was refused. */
export async function renderOpenQuestion(
  db: Db,
  viewer: Person,
  screen: Extract<Screen, { kind: "question" }>,
  now: Date,
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const draft = await findDraft(db, { id: screen.draftId, personId: viewer.id, now });
  const refused = screen.refusal === undefined ? undefined : await explain(db, screen.refusal, office);
  if (draft === undefined || draft.question !== screen.question) {
    return refused === undefined ? undefined : { as: "text", html: html`⚠️ ${refused}`.markup };
  }
  if (draft.form === unsortedForm.name) return renderUnsorted(db, viewer, draft, screen.page ?? 0);
  const plan = await findForm(draft.form).plan(db, draft, office);
  if (plan === undefined) return undefined;
  const { search, corrected, gotFile = false, gotFor, choosesAnswer = false } = screen;
  const extra = { refused, gotFile, gotFor, choosesAnswer, page: screen.page ?? 0, search, corrected, now };
  return renderQuestion(db, draft, plan, extra, office);
}

/** Reminds of a form that waits. */
export async function renderDraftLeft(
  db: Db,
  viewer: Person,
  { draftId }: { draftId: number },
  now: Date,
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const draft = await findDraft(db, { id: draftId, personId: viewer.id, now });
  const plan = draft && (await findForm(draft.form).plan(db, draft, office));
  if (draft === undefined || plan === undefined) return undefined;
  return {
    as: "text",
    html: html`Masih ada isian yang belum selesai: <b>${plan.title}</b>.`.markup,
    buttons: [
      [
        { label: "▶️ Lanjutkan", press: { do: "resume", draftId } },
        { label: "✖️ Batal", press: { do: "discard", draftId } },
      ],
    ],
  };
}
