import {
  pathsOfApplicationChange,
  usualAnswers as usualInApplicationChange,
} from "../core/domain/procedures/application-change.paths.ts";
import {
  pathsOfApplicationPurge,
  usualAnswers as usualInApplicationPurge,
} from "../core/domain/procedures/application-purge.paths.ts";
import { pathsOfApplicationTrouble, usualAnswers } from "../core/domain/procedures/application-trouble.paths.ts";
import {
  pathsOfApprovedRequest,
  usualAnswers as usualInApprovedRequest,
} from "../core/domain/procedures/approved-request.paths.ts";
import { pathsOfException, usualAnswers as usualInException } from "../core/domain/procedures/exception.paths.ts";
import { pathsOfHosting, usualAnswers as usualInHosting } from "../core/domain/procedures/hosting.paths.ts";
import {
  pathsOfInternetTrouble,
  usualAnswers as usualInInternetTrouble,
} from "../core/domain/procedures/internet-trouble.paths.ts";
import {
  pathsOfNetworkPoint,
  usualAnswers as usualInNetworkPoint,
} from "../core/domain/procedures/network-point.paths.ts";
import {
  pathsOfPlatformChange,
  usualAnswers as usualInPlatformChange,
} from "../core/domain/procedures/platform-change.paths.ts";
import type { Paths } from "../core/domain/procedures/procedure-expectations.ts";
import {
  pathsOfShortRequest,
  usualAnswers as usualInShortRequest,
} from "../core/domain/procedures/short-request.paths.ts";
import {
  pathsOfVendorAccess,
  usualAnswers as usualInVendorAccess,
} from "../core/domain/procedures/vendor-access.paths.ts";
import { pathsOfWeakness, usualAnswers as usualInWeakness } from "../core/domain/procedures/weakness.paths.ts";
import type { ComplaintName } from "./office.ts";

/** Every path of every procedure, each step with what it is answered. */
export const walks = [
  walksOf("R01", "application-trouble", { paths: pathsOfApplicationTrouble, usualAnswers }),
  walksOf("R03", "internet-trouble", { paths: pathsOfInternetTrouble, usualAnswers: usualInInternetTrouble }),
  walksOf("R37", "weakness", { paths: pathsOfWeakness, usualAnswers: usualInWeakness }, "reported"),
  walksOf("short request", "short-request", { paths: pathsOfShortRequest, usualAnswers: usualInShortRequest }),
  walksOf("approved request", "approved-request", {
    paths: pathsOfApprovedRequest,
    usualAnswers: usualInApprovedRequest,
  }),
  walksOf("R02", "network-point", { paths: pathsOfNetworkPoint, usualAnswers: usualInNetworkPoint }),
  walksOf("R04/R05", "hosting", { paths: pathsOfHosting, usualAnswers: usualInHosting }),
  walksOf("change of an application", "application-change", {
    paths: pathsOfApplicationChange,
    usualAnswers: usualInApplicationChange,
  }),
  walksOf("purge", "application-purge", { paths: pathsOfApplicationPurge, usualAnswers: usualInApplicationPurge }),
  walksOf("access", "vendor-access", { paths: pathsOfVendorAccess, usualAnswers: usualInVendorAccess }),
  walksOf("R38", "exception", { paths: pathsOfException, usualAnswers: usualInException }, "awaiting-approval"),
  walksOf(
    "platform",
    "platform-change",
    { paths: pathsOfPlatformChange, usualAnswers: usualInPlatformChange },
    "checking-platform",
  ),
].flat();

/** As few of them as go through every step of every procedure. */
export const coveringWalks = covering(walks);

function covering(all: typeof walks): typeof walks {
  const seen = new Set<string>();
  const longestFirst = all.toSorted((one, other) => other.path.length - one.path.length);
  return longestFirst.filter(({ procedure, path }) => {
    const fresh = path.map(({ step }) => `${procedure} ${step}`).filter((key) => !seen.has(key));
    for (const key of fresh) seen.add(key);
    return fresh.length > 0;
  });
}

function walksOf(requirement: string, procedure: ComplaintName, { paths, usualAnswers }: Paths, initial = "filed") {
  return Object.entries(paths).map(([name, path]) => ({
    title: `${requirement}, ${name},`,
    procedure,
    initial,
    path: path.map(([step, role, _article, state, workOrderHolder, answers]) => {
      return { step, role, state, workOrderHolder, answers: answers ?? usualAnswers[step] ?? {} };
    }),
  }));
}
