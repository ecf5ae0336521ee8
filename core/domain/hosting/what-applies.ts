import { type Answers, type Field, isAsked } from "../form/field.ts";
import { applicationFiles, imageReference } from "../procedures/hosting-questions.ts";
import { type HostingRules, type HostingRuntime, noDatabase } from "./hosting-rules.ts";
import { takesReference } from "./image-reference.ts";

/**
 * Of the questions of a form those that apply after these answers to what the profile hosts, and the answers without those to
 * questions that apply no more. A question comes after what it depends on.
 *
 * @param entered also with answers to questions that are none of the form, which stay
 */
export function whatApplies(
  form: readonly Field[],
  entered: Answers,
  hosting: HostingRules | undefined,
): { fields: Field[]; answers: Answers } {
  const answers = { ...entered };
  const fields = form.flatMap((field) => {
    const asked = isAsked(field, answers) ? asItApplies(field, answers, hosting) : undefined;
    if (asked === undefined) delete answers[field.name];
    return asked ?? [];
  });
  return { fields, answers };
}

/** @returns undefined: it is not asked */
function asItApplies(field: Field, answers: Answers, hosting: HostingRules | undefined): Field | undefined {
  const runtime = hosting?.runtimes.find(({ name }) => name === answers.runtime);
  if (!fits(field, runtime, hosting)) return undefined;
  if (field.kind === "image-reference") return { ...field, registries: hosting?.registries ?? [] };
  return withoutImage(field, answers, runtime);
}

function fits(field: Field, runtime: HostingRuntime | undefined, hosting: HostingRules | undefined): boolean {
  if (field.kind === "image-reference") return takesReference(hosting, runtime);
  if (field.kind !== "register") return true;
  if (field.register === "hosting-runtimes") return hosting !== undefined;
  return field.register !== "hosting-databases" || (runtime !== undefined && runtime.databases.length > 0);
}

/** What is left to hand in where the image is fetched from a registry is a dump, if there may be one. */
function withoutImage(field: Field, answers: Answers, runtime: HostingRuntime | undefined): Field | undefined {
  const isFetched = answers[imageReference.name] !== undefined;
  if (field.name !== applicationFiles.name || field.kind !== "files" || !isFetched) return field;
  const mayHaveDump = runtime === undefined || (answers.database ?? noDatabase) !== noDatabase;
  return mayHaveDump ? { ...field, optional: true } : undefined;
}
