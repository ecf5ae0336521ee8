import type { IncomingFile } from "../../core/actions/upload/keep-files.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Draft } from "../../core/db/ticket/drafts.ts";
import type { Answers, Field } from "../../core/domain/form/field.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { Conversation } from "../conversation.ts";
import type { FieldWords } from "../replies/procedure-words.ts";
import type { Saying, Screen } from "../screens/screens.ts";

/** What a form asks, as far as a draft of it tells. */
export type FormPlan = {
  /** Shown above each question, so that nobody forgets what is being filled in. */
  title: string;
  fields: readonly Field[];
  wordsFor: (field: string) => FieldWords;
  /** All answers are shown once more before they are sent. */
  hasReview: boolean;
  /** What sending it leads to, where that is more than the answers say; stands above them at the last look. */
  consequence?: string;
  /** A file is an answer too: the words may be left out. */
  filesSuffice?: true;
  /** What stands there before a correction: the first button keeps it. */
  present?: Answers;
  /** What holds where a question is left open, by its name. */
  inherited?: Readonly<Record<string, string>>;
  /** All answers stand there already: it begins at the last look. */
  beginsAtReview?: true;
  /** Answers to choose from besides typing, by field. */
  suggestions: (db: Db, field: Field) => Promise<readonly string[]>;
};

export type DraftContent = Pick<Draft, "subject" | "answers" | "personId">;

/**
 * One kind of form: what it asks, and what is done with the answers. `submit` authorises by its action and puts its
 * own answer in the outbox, or says in a sentence that it is done; when it is refused the draft stays, and nothing that was entered is lost.
 */
export type Form = {
  name: string;
  /** After such a rest what is typed does not belong to it, and nobody is reminded of it; absent: it goes on until it expires. */
  goesOnForMinutes?: number;
  /** A file would belong to nothing, so it is refused. */
  takesNoFiles?: true;
  /** The form is for one document, which ends it; its draft ends too, unless that is refused. */
  takeDocument?: (conversation: Conversation, file: IncomingFile) => Promise<Outcome<Saying>>;
  /** @returns undefined when what the form is about is gone */
  plan: (db: Db, draft: DraftContent, office: Conversation["office"]) => Promise<FormPlan | undefined>;
  /** What the person should know before they go on, or before it is sent; each key is told once. */
  warning?: (conversation: Conversation, draft: Draft) => Promise<{ keys: readonly string[]; screen: Screen }>;
  /** What `submit` would say of the answers so far: where it refuses the one just given, that is said at its question. */
  check?: (
    conversation: Conversation,
    draft: Pick<Draft, "subject" | "answers">,
  ) => Outcome<unknown> | Promise<Outcome<unknown>>;
  submit: (conversation: Conversation, draft: Draft) => Promise<Outcome<Saying | undefined>>;
};

/** The name of the last question of a form that is reviewed. */
export const review = "review";

export const noSuggestions = () => Promise.resolve([]);
