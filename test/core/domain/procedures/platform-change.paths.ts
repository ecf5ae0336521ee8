import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PathStep } from "./procedure-expectations.ts";

const words = { note: "Sudah diperiksa." };

/** What each step is answered where the path does not say. */
export const usualAnswers: Record<string, Answers> = {
  "plan-platform": { target: "@target" },
  "planning-failed": { "why-failed": "image-missing" },
  "plan-outdated": { plan: "3", "why-outdated": "host" },
  "refuse-plan": words,
  "reject-plan": words,
  "ask-plan-approval-again": words,
  "building-failed": { "why-failed": "disk-full" },
  cancel: words,
  reopen: words,
};

const planned: PathStep[] = [
  ["plan-platform", "data-center", "office practice", "planning-application", null],
  ["application-planned", "machine", "office practice", "accepting-plan", null],
];
const approved: PathStep[] = [
  ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
  ["approve-plan", "leadership", "office practice", "building-application", null],
];
const built: PathStep = ["application-built", "machine", "office practice", "closed", null];

/** Every path of what all applications of a host share. */
export const pathsOfPlatformChange: Record<string, PathStep[]> = {
  "the proxy is planned, accepted, approved and built": [...planned, ...approved, built],
  "no plan can be made, the next is refused, the third outdated, the fourth approved; it is outdated, and planned anew":
    [
      ["plan-platform", "data-center", "office practice", "planning-application", null],
      ["planning-failed", "machine", "office practice", "checking-platform", null],
      ...planned,
      ["refuse-plan", "infrastructure", "office practice", "checking-platform", null],
      ...planned,
      ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
      ["plan-outdated", "machine", "office practice", "planning-application", null],
      ["application-planned", "machine", "office practice", "accepting-plan", null],
      ...approved,
      ["plan-outdated", "machine", "office practice", "planning-application", null],
      ["application-planned", "machine", "office practice", "accepting-plan", null],
      ...approved,
      built,
    ],
  "leadership does not decide in time; it is asked again, the plan renewed, and rejected": [
    ...planned,
    ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["plan-approval-lapses", "clock", "office practice", "plan-approval-lapsed", null],
    ["ask-plan-approval-again", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["renew-plan", "infrastructure", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "accepting-plan", null],
    ["renew-plan", "infrastructure", "office practice", "planning-application", null],
    ["application-planned", "machine", "office practice", "accepting-plan", null],
    ["accept-plan", "infrastructure", "office practice", "awaiting-plan-approval", null],
    ["reject-plan", "leadership", "office practice", "closed", null],
  ],
  "building fails, and goes on": [
    ...planned,
    ...approved,
    ["building-failed", "machine", "office practice", "building-stopped", null],
    ["continue-building", "data-center", "office practice", "building-application", null],
    built,
  ],
  "cancelled and opened again": [
    ["cancel", "user", "office practice", "cancelled", null],
    ["reopen", "user", "office practice", "checking-platform", null],
    ...planned,
    ...approved,
    built,
  ],
};
