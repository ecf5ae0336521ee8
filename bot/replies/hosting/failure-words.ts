import type { HostingFailure } from "../../../core/domain/hosting/hosting-failure.ts";
import { words as hostingWords } from "../procedures/hosting.ts";

/** What a host refused and what to do about it, a sentence or two. */
export function failureWords(why: HostingFailure): string {
  return hostingWords.fields["why-failed"]?.choices?.[why] ?? why;
}
