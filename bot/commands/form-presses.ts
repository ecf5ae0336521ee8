import { writeMessage } from "../../core/actions/ticket/write-message.ts";
import { moveHeard } from "../../core/db/heard-messages.ts";
import { moveDraftFiles } from "../../core/db/ticket/attachments.ts";
import type { Draft } from "../../core/db/ticket/drafts.ts";
import { parseAnswer } from "../../core/domain/form/field.ts";
import { joinParts } from "../../core/domain/form/parts.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { note } from "../../core/domain/procedures/procedure.ts";
import { type Conversation, reply } from "../conversation.ts";
import {
  answer,
  ask,
  changeAnswer,
  discard,
  draftAt,
  dropFiles,
  endDraft,
  goBack,
  openDraft,
  removeDraft,
  resume,
  skip,
  submit,
} from "../forms/fill-in.ts";
import { sendUploadLink } from "../forms/hosting/upload-link.ts";
import { filingForm, subjectOfFiling } from "../forms/ticket/filing-form.ts";
import { sayingFor } from "../forms/ticket/message-form.ts";
import type { PressOf } from "../presses/press.ts";

type FormPress = PressOf<
  | "answer"
  | "skip"
  | "drop-files"
  | "offer-upload"
  | "back"
  | "choices"
  | "submit"
  | "change-answer"
  | "discard"
  | "resume"
  | "sort-as-ticket"
  | "sort-to-ticket"
>;

/** Buttons of forms. One of a question that has passed changes nothing. */
export async function pressInForm(outer: Conversation, press: FormPress): Promise<Outcome> {
  const conversation: Conversation = { ...outer, isInForm: true };
  const question = "question" in press ? press.question : press.do === "submit" ? "review" : undefined;
  const found = await draftAt(conversation, press.draftId, question);
  if (!found.ok) return found;
  const draft = found.value;
  switch (press.do) {
    case "answer":
      return answer(conversation, draft, press.value);
    case "skip":
      return skip(conversation, draft);
    case "drop-files":
      return dropFiles(conversation, draft);
    case "offer-upload":
      return sendUploadLink(conversation, draft);
    case "back":
      return goBack(conversation, draft);
    case "choices":
      await ask(conversation, draft, {
        page: press.page,
        ...(press.search === undefined ? {} : { search: press.search }),
      });
      return accept();
    case "submit":
      return submit(conversation, draft);
    case "change-answer":
      return changeAnswer(conversation, draft, press.field);
    case "discard":
      await discard(conversation, draft);
      return accept();
    case "resume":
      await resume(conversation, draft);
      return accept();
    case "sort-as-ticket":
      return sortAsTicket(conversation, draft, subjectOfFiling(press));
    case "sort-to-ticket":
      return sortToTicket(conversation, draft, press);
  }
}

/** What came without a form becomes the description, and the files, of a ticket that is being filed. */
async function sortAsTicket(conversation: Conversation, draft: Draft, wanted: Draft["subject"]): Promise<Outcome> {
  const { tx, setting, office, person } = conversation;
  const { text } = draft.answers;
  // Of an old list: nothing is moved, so nothing is lost.
  const plan = await filingForm.plan(tx, { subject: wanted, answers: {}, personId: person.id }, office);
  if (plan === undefined) return refuse("no-longer-offered");
  const filing = await openDraft(conversation, filingForm, wanted, text === undefined ? {} : { description: text });
  const { description } = filing.answers;
  // Of a form that is under way nothing is overwritten: the words are added to it.
  if (text !== undefined && description !== undefined && description !== text) {
    const joined = parseAnswer(note, joinParts([description, text]), { now: setting.now, zone: setting.rules.zone });
    if (!joined.ok) return joined;
    filing.answers.description = joined.value;
  }
  await moveDraftFiles(tx, draft.id, filing.id);
  await moveHeard(tx, draft.id, { draftId: filing.id, field: "description" });
  await removeDraft(conversation, draft);
  await resume(conversation, filing);
  return accept();
}

async function sortToTicket(
  conversation: Conversation,
  draft: Draft,
  press: PressOf<"sort-to-ticket">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const { text } = draft.answers;
  const written = await writeMessage(tx, person, setting, {
    ticketId: press.ticketId,
    kind: press.kind,
    draftId: draft.id,
    ...(text === undefined ? {} : { text }),
  });
  if (!written.ok) return written;
  const what = await sayingFor(tx, press.kind, press.ticketId);
  await reply(conversation, { kind: "said", what }, { inPlace: true });
  await endDraft(conversation, draft);
  return accept();
}
