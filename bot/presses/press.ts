import { z } from "zod";
import { roles } from "../../core/domain/people/roles.ts";
import { ratings } from "../../core/domain/ticket/rating-rules.ts";
import { addressPresses } from "./address-press.ts";
import { announcementPresses } from "./announcement-press.ts";
import { assetPresses } from "./asset-press.ts";
import { cablePresses } from "./cable-press.ts";
import { hostingPresses } from "./hosting-press.ts";
import { monitorPresses } from "./monitor-press.ts";
import { namePresses } from "./name-press.ts";
import { outagePresses } from "./outage-press.ts";
import { rackPresses } from "./rack-press.ts";
import { rosterPresses } from "./roster-press.ts";
import { watchPresses } from "./watch-press.ts";

const id = z.int();
/** A page of a list; one that turns takes the place of the page before. */
const paged = { page: z.int().nonnegative(), turns: z.literal(true).optional() };
const ticket = { ticketId: id };
/** A button of a ticket is good for the version it was made for. */
const versioned = { ...ticket, version: z.int() };
const draft = { draftId: id };
const person = { personId: id };
/** One of both. */
const wanted = { procedure: z.string().optional(), item: z.string().optional() };
const registration = { registrationId: id };

/** What a button does. Kept with the message in the outbox; Telegram gets an opaque token only. */
export const press = z.discriminatedUnion("do", [
  z.object({ do: z.literal("menu") }),
  z.object({ do: z.literal("help") }),
  z.object({
    do: z.literal("list"),
    list: z.enum(["mine", "queue", "work", "office", "approvals", "open", "team", "person"]),
    /** Of the list `team`; under `user` are those that wait for their requesters. */
    role: z.enum(roles).optional(),
    /** Of the list `person`. */
    personId: id.optional(),
    ...paged,
  }),
  z.object({ do: z.literal("begin-search") }),
  z.object({ do: z.literal("search"), text: z.string(), ...paged }),
  z.object({ do: z.literal("overview") }),
  z.object({ do: z.literal("loads"), ...paged }),
  z.object({ do: z.literal("weaknesses"), month: z.string().regex(/^\d{4}-\d{2}$/), ...paged }),

  z.object({ do: z.literal("duty") }),
  z.object({ do: z.literal("begin-shift") }),
  z.object({ do: z.literal("hand-over-shift"), shiftId: id }),
  z.object({ do: z.literal("accept-shift"), shiftId: id }),
  z.object({ do: z.literal("end-shift"), shiftId: id }),
  z.object({ do: z.literal("shift-notes"), ...paged }),

  z.object({ do: z.literal("open-ticket"), ...ticket }),
  z.object({ do: z.literal("take"), ...ticket, fromPersonId: id.nullable() }),
  z.object({
    do: z.literal("step"),
    ...versioned,
    step: z.string(),
    answers: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ do: z.literal("more"), ...ticket }),
  z.object({
    do: z.literal("ticket-form"),
    ...ticket,
    form: z.enum(["assign", "identify", "misuse", "not-urgent", "pending", "reclassify", "take-back", "urgent"]),
    /** To which a ticket is moved. */
    procedure: z.string().optional(),
  }),
  z.object({ do: z.literal("resume-ticket"), ...ticket }),
  z.object({ do: z.literal("write"), ...ticket, kind: z.enum(["comment", "reply", "internal-note"]) }),
  z.object({ do: z.literal("history"), ...ticket, ...paged }),
  z.object({ do: z.literal("files"), ...ticket }),
  z.object({ do: z.literal("full-text"), ...ticket }),
  z.object({ do: z.literal("full-request"), ...ticket }),
  z.object({ do: z.literal("print-handover"), handoverId: id }),
  /** Stars for one closing of the ticket, which the step names. */
  z.object({ do: z.literal("rate"), ...ticket, entryId: id, stars: z.literal(ratings) }),

  z.object({ do: z.literal("file"), ...wanted }),
  z.object({ do: z.literal("requests"), ...paged, draftId: id.optional() }),
  z.object({ do: z.literal("report") }),
  z.object({ do: z.literal("answer"), ...draft, question: z.string(), value: z.string() }),
  z.object({ do: z.literal("skip"), ...draft, question: z.string() }),
  z.object({ do: z.literal("drop-files"), ...draft, question: z.string() }),
  /** At a question for files: the link for one that is too large for a chat. */
  z.object({ do: z.literal("offer-upload"), ...draft, question: z.string() }),
  z.object({ do: z.literal("back"), ...draft, question: z.string() }),
  z.object({ do: z.literal("choices"), ...draft, question: z.string(), ...paged, search: z.string().optional() }),
  z.object({ do: z.literal("submit"), ...draft }),
  /** At the last look: one answer, or first which one. */
  z.object({ do: z.literal("change-answer"), ...draft, question: z.literal("review"), field: z.string().optional() }),
  z.object({ do: z.literal("discard"), ...draft }),
  z.object({ do: z.literal("resume"), ...draft }),
  /** Free text or a file came without a form: what is it? */
  z.object({ do: z.literal("sort-as-ticket"), ...draft, ...wanted }),
  z.object({
    do: z.literal("sort-to-ticket"),
    ...draft,
    ...ticket,
    kind: z.enum(["comment", "reply", "internal-note"]),
  }),

  z.object({ do: z.literal("people"), ...paged }),
  z.object({ do: z.literal("person"), ...person }),
  z.object({ do: z.literal("find-person") }),
  z.object({ do: z.literal("add-person") }),
  z.object({ do: z.literal("correct-person"), ...person }),
  z.object({ do: z.literal("choose-role"), ...person }),
  z.object({ do: z.literal("grant"), ...person, role: z.enum(roles) }),
  z.object({ do: z.literal("withdraw"), ...person, role: z.enum(roles) }),
  z.object({
    do: z.literal("decide-role"),
    proposalId: id,
    decision: z.enum(["confirmed", "rejected"]),
    personId: id.optional(),
  }),
  z.object({ do: z.literal("issue-code"), ...person }),
  z.object({ do: z.literal("unlink"), ...person }),
  z.object({ do: z.literal("transfer"), ...person }),
  z.object({ do: z.literal("deactivate"), ...person }),
  z.object({ do: z.literal("reactivate"), ...person }),

  z.object({ do: z.literal("exceptions"), ...paged }),
  z.object({ do: z.literal("change-freeze"), change: z.enum(["set", "lifted"]) }),
  z.object({ do: z.literal("substitutions"), forPersonId: id }),
  z.object({ do: z.literal("name-substitute"), forPersonId: id }),
  z.object({ do: z.literal("end-substitution"), substitutionId: id }),
  z.object({ do: z.literal("decide-substitution"), substitutionId: id, decision: z.enum(["confirmed", "rejected"]) }),

  z.object({ do: z.literal("find-poster") }),
  z.object({ do: z.literal("poster"), officeId: id }),
  z.object({ do: z.literal("print-poster"), officeId: id }),
  z.object({ do: z.literal("ask-new-poster"), officeId: id }),
  z.object({ do: z.literal("replace-poster"), officeId: id, formerToken: z.string() }),
  z.object({ do: z.literal("waiting-registrations") }),
  z.object({ do: z.literal("decide-registration"), ...registration, decision: z.enum(["approved", "rejected"]) }),

  z.object({ do: z.literal("send-people-file") }),
  z.object({ do: z.literal("import-people"), importId: id }),
  z.object({ do: z.literal("discard-import"), importId: id }),

  ...announcementPresses,
  ...addressPresses,
  ...cablePresses,
  ...rackPresses,
  ...rosterPresses,
  ...namePresses,
  ...assetPresses,
  ...hostingPresses,
  ...watchPresses,
  ...outagePresses,
  ...monitorPresses,
]);

/** The buttons of somebody who registers, and is not linked yet. */
export const applicantPress = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("move-registration"),
    ...registration,
    to: z.enum(["asking-nip", "asking-name", "reviewing"]),
  }),
  z.object({ do: z.literal("send-registration"), ...registration }),
  z.object({ do: z.literal("cancel-registration"), ...registration }),
]);

export type ApplicantPress = z.infer<typeof applicantPress>;

export type Press = z.infer<typeof press>;

/** The presses that do one of these. */
export type PressOf<Do extends Press["do"]> = Extract<Press, { do: Do }>;
