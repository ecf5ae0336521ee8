import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah dipertimbangkan." };

/** What each step is answered where the path does not say; every step that must be answered is here. */
export const usualAnswers: Record<string, Answers> = {
  "reject-exception": words,
  "revoke-exception": words,
  cancel: words,
  reopen: words,
};

/** Every path of R38: leadership grants or refuses it, and it ends at its day. */
// biome-ignore format: a table
export const pathsOfException: Record<string, PathStep[]> = {
  "granted, reminded of, and ended at its day": [
    ["approve-exception", "leadership", "P B.8", "in-force", null],
    ["remind-of-exception-end", "clock", "office practice", "in-force", null],
    ["exception-ends", "clock", "office practice", "closed", null],
  ],
  "granted on a condition, and ended earlier by leadership": [
    ["approve-exception", "leadership", "P B.8", "in-force", null, { note: "Hanya untuk tiga orang." }],
    ["revoke-exception", "leadership", "office practice", "closed", null],
  ],
  "refused with a reason, asked again and granted": [
    ["reject-exception", "leadership", "P B.8", "closed", null],
    ["reopen", "user", "office practice", "awaiting-approval", null],
    ["approve-exception", "leadership", "P B.8", "in-force", null],
    ["exception-ends", "clock", "office practice", "closed", null],
  ],
  "nobody decides in time": [
    ["exception-approval-lapses", "clock", "office practice", "closed", null],
  ],
  "taken back by the requester before anybody decides": [
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "awaiting-approval", null],
    ["approve-exception", "leadership", "P B.8", "in-force", null],
    ["cancel", "user", "office practice", "cancelled", null],
  ],
};
