import type { Answers } from "../form/field.ts";
import type { Application } from "./application.ts";
import { chooseOffered } from "./choose-offered.ts";
import { type HostingRules, noDatabase } from "./hosting-rules.ts";

const planned = ["runtime", "database", "size", "reach", "dns-name"] as const;
const compared = [...planned, "image-reference"] as const;

type Wish = (typeof compared)[number];

function wishOf(request: Answers, what: Wish): string | undefined {
  return request[what === "dns-name" ? "wished-name" : what];
}

/** What a request wishes, as answers of who plans it; nothing where the profile does not offer it any more. */
export function wishesOf(request: Answers, hosting: HostingRules | undefined): Answers {
  if (hosting === undefined || !chooseOffered(hosting, request).ok) return {};
  const answers: Answers = {};
  for (const what of planned) {
    const wished = wishOf(request, what);
    if (wished !== undefined) answers[what] = wished;
  }
  return answers;
}

/** What was planned in another way than it was wished, in words of the profile. */
export type Difference = {
  what: Wish;
  wished: string;
  planned: string;
};

/**
 * @param request the answers of the ticket by which it was asked for; what it wishes nothing of is no difference
 * @param imageReference of what its image was fetched from; null: it was handed in
 */
export function differencesFromWishes(
  request: Answers,
  { runtime, database, reach, revision }: Pick<Application, "runtime" | "database" | "reach" | "revision">,
  imageReference: string | null,
): Difference[] {
  const present = {
    ...{ runtime, database: database ?? noDatabase, reach, size: revision.size, "dns-name": revision.domainName },
    "image-reference": imageReference ?? "",
  };
  return compared.flatMap((what) => {
    const wished = wishOf(request, what);
    return wished === undefined || wished === present[what] ? [] : [{ what, wished, planned: present[what] }];
  });
}
