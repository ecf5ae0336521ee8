import type { IncomingFile } from "../../core/actions/upload/keep-files.ts";
import type { Draft } from "../../core/db/ticket/drafts.ts";
import { type Refusal, refuse } from "../../core/domain/outcome.ts";
import { applicationFiles, imageReference } from "../../core/domain/procedures/hosting-questions.ts";
import { files } from "../../core/domain/procedures/procedure.ts";
import type { FormPlan } from "./form.ts";

/** The question that a file answers; `isElsewhere`, `said`: what its sender does not expect. */
export type FilePlace = { field: string | undefined; isElsewhere?: true; said?: Refusal };

/** The present question, or else the last one for files, where what comes along belongs; what is an application's goes to its own. */
export function placeOfFile(plan: FormPlan | undefined, draft: Draft, file: IncomingFile): FilePlace {
  const names = (plan?.fields ?? []).filter(({ kind }) => kind === "files").map(({ name }) => name);
  const usual = { field: names.includes(draft.question) ? draft.question : names.at(-1) };
  if (usual.field === applicationFiles.name || !isOfApplication(file)) return usual;
  const isForIt = names.includes(applicationFiles.name);
  if (draft.answers[imageReference.name] !== undefined && !(isForIt && isDump(file))) {
    return { ...usual, said: refuse("image-named-already").refusal };
  }
  // A question that is open for files of its own, as of a letter, gets what is sent to it; the last one is for what has no other.
  const isAskedFor = usual.field === draft.question && draft.question !== files.name;
  return isForIt && !isAskedFor ? { field: applicationFiles.name, isElsewhere: true } : usual;
}

/** Where the image may be named, the image itself is an answer as well. */
export function answersByFile({ question }: Draft, file: IncomingFile): boolean {
  return question === imageReference.name && file.kind === "document" && !isToRead(file);
}

/** By its name: a letter, a table, a picture. */
function isToRead({ name }: IncomingFile): boolean {
  return /\.(?:pdf|docx?|xlsx?|jpe?g|png)$/i.test(name);
}

/** By its name, as far as that tells: an archive, an image, a dump. */
function isOfApplication({ kind, name }: IncomingFile): boolean {
  return kind === "document" && /\.(?:zip|tar|tgz|gz|sql|jar|war|rar|7z)$/i.test(name);
}

function isDump({ name }: IncomingFile): boolean {
  return /\.sql(?:\.gz)?$/i.test(name);
}
