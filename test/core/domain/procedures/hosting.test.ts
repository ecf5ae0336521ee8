import { describe, expect, it } from "vitest";
import { type Answers, findMissingFiles, parseAnswers } from "../../../../core/domain/form/field.ts";
import { hostingOrColocation } from "../../../../core/domain/procedures/hosting.ts";
import { findStep } from "../../../../core/domain/procedures/procedure.ts";
import { decideStep, refusalOfStep } from "../../../../core/domain/ticket/step-rules.ts";
import { filedTicket, sundayMorning } from "../../../support/domain.ts";
import { colocationChecks, hostingChecks, pathsOfHosting, tests, usualAnswers } from "./hosting.paths.ts";
import { type Expected, expectProcedure, personAs } from "./procedure-expectations.ts";

/** R04 and R05, by hand from REQUIREMENTS, section 2, and L IV.1. */
const expected: Expected = {
  paths: pathsOfHosting,
  usualAnswers: {
    ...usualAnswers,
    dispose: { ...usualAnswers.dispose, officer: "12" },
    "reserve-place": { ...usualAnswers["reserve-place"], "rack-place": "1:38", "switch-port": "2:14" },
    "reserve-another-place": { ...usualAnswers["reserve-place"], "rack-place": "1:38", "switch-port": "2:14" },
    "set-server-address": { "address-from": "prefix:1" },
    "set-application-address": { "address-from": "prefix:1" },
    "accept-machine-check": { "machine-check": "7:malware" },
    "overrule-machine-check": { "machine-check": "7:malware", verdict: "failed", note: "Lihat laporan." },
    "hand-in-application": {},
    "plan-application": { target: "dc", runtime: "image", size: "small", reach: "intranet", "dns-name": "simpeg" },
  },
  machineChecks: { all: 1, waiting: 0, open: 0 },
  form: [
    "service",
    "application",
    "runtime",
    "database",
    "size",
    "reach",
    "wished-name",
    "letter-number",
    "letter-date",
    "letter",
    "description",
    "official-duty",
    "image-reference",
    "application-files",
    "files",
  ],
  subject: "application",
  holders: {
    filed: "non-technical",
    "reviewing-letter": "non-technical",
    archived: null,
    disposing: "non-technical",
    classifying: "data-center",
    "checking-colocation": "data-center",
    "awaiting-colocation-approval": "leadership",
    "colocation-approval-lapsed": "data-center",
    "telling-colocation-rejection": "non-technical",
    "receiving-server": "data-center",
    "mounting-server": "it-support",
    "setting-server-address": "infrastructure",
    "reporting-mounting": "data-center",
    "checking-hosting": "data-center",
    "awaiting-hosting-approval": "leadership",
    "hosting-approval-lapsed": "data-center",
    "telling-hosting-rejection": "non-technical",
    "returning-application": "data-center",
    "planning-application": "data-center",
    "accepting-plan": "infrastructure",
    "awaiting-plan-approval": "leadership",
    "plan-approval-lapsed": "infrastructure",
    "building-application": "data-center",
    "building-stopped": "data-center",
    "clearing-application": "data-center",
    "installing-application": "data-center",
    "setting-application-address": "infrastructure",
    "testing-application": "it-support",
    "reporting-application": "data-center",
    "telling-office": "non-technical",
    closed: null,
    cancelled: null,
  },
  standing: ["reporting-application", "telling-office"],
  lifecycle: {
    filed: ["record-letter", "cancel"],
    "reviewing-letter": ["accept-letter", "reject-letter", "cancel"],
    archived: [],
    disposing: ["dispose", "cancel"],
    classifying: ["return-disposition", "classify-colocation", "classify-hosting", "cancel"],
    "checking-colocation": ["record-colocation-check", "reserve-place", "report-colocation-checks", "cancel"],
    "awaiting-colocation-approval": ["approve-colocation", "reject-colocation", "cancel"],
    "colocation-approval-lapsed": ["ask-colocation-approval-again", "cancel"],
    "telling-colocation-rejection": ["tell-colocation-rejection", "cancel"],
    "receiving-server": ["reserve-another-place", "receive-server", "cancel"],
    "mounting-server": ["mount-server", "cancel"],
    "setting-server-address": ["set-server-address", "cancel"],
    "reporting-mounting": ["mounting-is-incomplete", "report-mounting", "cancel"],
    "checking-hosting": [
      ...["record-hosting-check", "accept-machine-check", "overrule-machine-check", "hand-in-application"],
      ...["report-hosting-checks", "plan-application", "cancel"],
    ],
    "planning-application": ["cancel"],
    "accepting-plan": ["accept-plan", "refuse-plan", "renew-plan", "cancel"],
    "awaiting-plan-approval": ["approve-plan", "reject-plan", "renew-plan", "cancel"],
    "plan-approval-lapsed": ["ask-plan-approval-again", "renew-plan", "cancel"],
    "building-application": [],
    "building-stopped": ["continue-building", "take-over-by-hand", "correct-plan"],
    "clearing-application": [],
    "awaiting-hosting-approval": ["approve-hosting", "reject-hosting", "cancel"],
    "hosting-approval-lapsed": ["ask-hosting-approval-again", "cancel"],
    "telling-hosting-rejection": ["tell-hosting-rejection", "cancel"],
    "returning-application": ["hand-back-application", "cancel"],
    "installing-application": ["install-application", "cancel"],
    "setting-application-address": ["set-application-address", "cancel"],
    "testing-application": ["record-test", "tests-passed", "tests-failed", "cancel"],
    "reporting-application": ["report-application"],
    "telling-office": ["tell-office"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  },
  doers: {
    "record-letter": "non-technical",
    "accept-letter": "non-technical",
    "reject-letter": "non-technical",
    dispose: "non-technical",
    "return-disposition": "data-center",
    "classify-colocation": "data-center",
    "record-colocation-check": "data-center",
    "report-colocation-checks": "data-center",
    "approve-colocation": "leadership",
    "reject-colocation": "leadership",
    "ask-colocation-approval-again": "data-center",
    "tell-colocation-rejection": "non-technical",
    "reserve-place": "data-center",
    "reserve-another-place": "data-center",
    "receive-server": "data-center",
    "mount-server": "it-support",
    "set-server-address": "infrastructure",
    "mounting-is-incomplete": "data-center",
    "report-mounting": "data-center",
    "classify-hosting": "data-center",
    "record-hosting-check": "data-center",
    "accept-machine-check": "data-center",
    "overrule-machine-check": "data-center",
    "hand-in-application": "data-center",
    "report-hosting-checks": "data-center",
    "approve-hosting": "leadership",
    "reject-hosting": "leadership",
    "ask-hosting-approval-again": "data-center",
    "tell-hosting-rejection": "non-technical",
    "hand-back-application": "data-center",
    "install-application": "data-center",
    "set-application-address": "infrastructure",
    "record-test": "it-support",
    "tests-passed": "it-support",
    "tests-failed": "it-support",
    "report-application": "data-center",
    "tell-office": "non-technical",
    "plan-application": "data-center",
    "accept-plan": "infrastructure",
    "refuse-plan": "infrastructure",
    "approve-plan": "leadership",
    "reject-plan": "leadership",
    "ask-plan-approval-again": "infrastructure",
    "renew-plan": "infrastructure",
    "continue-building": "data-center",
    "take-over-by-hand": "data-center",
    "correct-plan": "data-center",
    cancel: "user",
    reopen: "user",
  },
  refusedAnswers: [
    ["record-letter", "filed", {}, "answer-missing"],
    [
      "record-letter",
      "filed",
      { "agenda-number": "1", "letter-nature": "top-secret", "received-on": "kemarin" },
      "not-a-choice",
    ],
    [
      "record-letter",
      "filed",
      { "agenda-number": "1", "letter-nature": "secret", "received-on": "besok" },
      "past-day-unreadable",
    ],
    [
      "record-letter",
      "filed",
      { "agenda-number": "1", "letter-nature": "secret", "received-on": "23-11-2026" },
      "day-ahead",
    ],
    ["reject-letter", "reviewing-letter", {}, "answer-missing"],
    ["dispose", "disposing", { note: "Periksa.", deadline: "besok" }, "answer-missing"],
    ["dispose", "disposing", { officer: "Togar", note: "Periksa.", deadline: "besok" }, "not-a-choice"],
    ["dispose", "disposing", { officer: "12", note: "Periksa.", deadline: "kemarin" }, "day-passed"],
    ["record-hosting-check", "checking-hosting", { check: "rack", result: "passed" }, "not-a-choice"],
    ["record-hosting-check", "checking-hosting", { check: "database", result: "failed" }, "answer-missing"],
    ["report-hosting-checks", "checking-hosting", {}, "answer-missing"],
    ["plan-application", "checking-hosting", { target: "dc" }, "answer-missing"],
    ["refuse-plan", "accepting-plan", {}, "answer-missing"],
    ["reject-plan", "awaiting-plan-approval", {}, "answer-missing"],
    ["take-over-by-hand", "building-stopped", {}, "answer-missing"],
    ["correct-plan", "building-stopped", {}, "answer-missing"],
    ["accept-machine-check", "checking-hosting", {}, "answer-missing"],
    [
      "overrule-machine-check",
      "checking-hosting",
      { "machine-check": "7:malware", verdict: "failed" },
      "answer-missing",
    ],
    ["reject-hosting", "awaiting-hosting-approval", {}, "answer-missing"],
    ["reject-colocation", "awaiting-colocation-approval", { note: " " }, "text-empty"],
    ["tell-hosting-rejection", "telling-hosting-rejection", {}, "answer-missing"],
    ["receive-server", "receiving-server", { "record-number": "1", "record-date": "kemarin" }, "answer-missing"],
    ["reserve-place", "checking-colocation", { ...usualAnswers["reserve-place"], "device-height": "0" }, "height-zero"],
    ["reserve-place", "checking-colocation", { ...usualAnswers["reserve-place"], "rack-place": "U20" }, "not-offered"],
    [
      "set-server-address",
      "setting-server-address",
      { "address-from": "prefix:1", "ip-address": "10.10.5" },
      "address-unreadable",
    ],
    [
      "set-application-address",
      "setting-application-address",
      { "address-from": "Server Data Center", "ip-address": "::1" },
      "not-offered",
    ],
    ["report-application", "reporting-application", { note: "x" }, "answer-missing"],
  ],
  told: [
    "reject-letter",
    "tell-colocation-rejection",
    "tell-hosting-rejection",
    "hand-back-application",
    "tell-office",
  ],
  clock: [
    ["colocation-approval-lapses", "leadership", "awaiting-colocation-approval", "colocation-approval-lapsed"],
    ["hosting-approval-lapses", "leadership", "awaiting-hosting-approval", "hosting-approval-lapsed"],
    ["plan-approval-lapses", "leadership", "awaiting-plan-approval", "plan-approval-lapsed"],
  ],
  machine: [
    ["application-planned", "data-center", "planning-application", "accepting-plan"],
    ["planning-failed", "data-center", "planning-application", "checking-hosting"],
    ["plan-outdated", "data-center", "awaiting-plan-approval", "planning-application"],
    ["plan-outdated", "data-center", "building-application", "planning-application"],
    ["application-built", "data-center", "building-application", "reporting-application"],
    ["building-failed", "data-center", "building-application", "building-stopped"],
    ["building-cleared", "data-center", "clearing-application", "checking-hosting"],
    ["clearing-failed", "data-center", "clearing-application", "building-stopped"],
  ],
  checked: [...colocationChecks, ...hostingChecks, ...tests],
};

describe("R04 and R05", () => {
  expectProcedure(hostingOrColocation, expected);

  describe("what is asked when it is filed", () => {
    const request = {
      service: "hosting",
      application: "SIMPEG",
      "letter-number": "555/210/Dinkes/2026",
      "letter-date": "20-11-2026",
      description: "PHP dan MariaDB.",
      "official-duty": "accepted",
    };
    const file = (answers: Answers) =>
      parseAnswers(hostingOrColocation.form, answers, { now: sundayMorning, zone: "Asia/Jakarta" });

    it.each(["hosting", "colocation"])("which service: %s", (service) => {
      expect(file({ ...request, service }).ok).toBe(true);
    });

    it.each(Object.keys(request))("needs %s", (field) => {
      const { [field]: _left, ...rest } = request as Answers;

      expect(file(rest)).toMatchObject({ refusal: { code: "answer-missing", values: { field } } });
    });

    it("needs the letter itself", () => {
      expect(findMissingFiles(hostingOrColocation.form, request, () => false)).toBe("letter");
      expect(findMissingFiles(hostingOrColocation.form, request, (field) => field === "letter")).toBeUndefined();
    });
  });

  describe("a place in a rack (R11)", () => {
    const at = (state: string) => ({ ...filedTicket, procedure: "hosting", state, holder: "data-center" }) as const;
    const may = (step: string, state: string, facts: { failed?: string[]; hasPlace: boolean }) => {
      const known = findStep(hostingOrColocation, step);
      const context = { now: sundayMorning, reopenWithinDays: 7, checked: colocationChecks, ...facts };
      if (known === undefined) throw new Error(`there is no step ${step}`);
      return refusalOfStep(hostingOrColocation, known, at(state), personAs("data-center"), context)?.code;
    };

    it.each([
      ["report-colocation-checks", "checking-colocation", { hasPlace: false }, "place-missing"],
      ["report-colocation-checks", "checking-colocation", { hasPlace: false, failed: ["power"] }, "place-missing"],
      ["report-colocation-checks", "checking-colocation", { hasPlace: false, failed: ["rack"] }, undefined],
      ["report-colocation-checks", "checking-colocation", { hasPlace: true }, undefined],
      ["receive-server", "receiving-server", { hasPlace: false, failed: ["rack"] }, "place-missing"],
      ["receive-server", "receiving-server", { hasPlace: true }, undefined],
    ])("%s in %s, where %o: %s", (step, state, facts, expected) => {
      expect(may(step, state, facts)).toBe(expected);
    });
  });

  describe("before it is said that an application is there (R13)", () => {
    const ticket = {
      ...filedTicket,
      procedure: "hosting",
      state: "testing-application",
      holder: "it-support",
    } as const;
    const pass = (facts: { checked: string[]; failed: string[] }) =>
      decideStep(
        hostingOrColocation,
        "tests-passed",
        ticket,
        personAs("it-support"),
        {},
        {
          now: sundayMorning,
          zone: "Asia/Jakarta",
          reopenWithinDays: 7,
          ...facts,
        },
      );

    it("every test has a result", () => {
      expect(pass({ checked: tests.slice(1), failed: [] })).toMatchObject({
        refusal: { code: "checks-missing", values: { count: 1 } },
      });
    });

    it.each([
      ["application", false],
      ["intranet", false],
      ["internet", true],
      ["other-test", true],
    ])("%s may not apply: %s", (check, mayNotApply) => {
      const answers = { check, result: "not-applicable" };
      const facts = { now: sundayMorning, zone: "Asia/Jakarta", reopenWithinDays: 7, checked: [] };
      const done = decideStep(hostingOrColocation, "record-test", ticket, personAs("it-support"), answers, facts);
      expect(done).toMatchObject(
        mayNotApply ? { ok: true } : { refusal: { code: "check-always-applies", values: { field: "result" } } },
      );
    });

    it("none of them failed", () => {
      expect(pass({ checked: tests, failed: ["internet"] })).toMatchObject({
        refusal: { code: "checks-failed", values: { count: 1 } },
      });
      expect(pass({ checked: tests, failed: [] }).ok).toBe(true);
    });
  });
});
