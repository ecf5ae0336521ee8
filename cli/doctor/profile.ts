import { loadProfile, type Profile, ProfileError, type ProfileProblem } from "../../config/profile.ts";
import { describeProblem } from "../../config/yaml-file.ts";
import { type Finding, fail, ok } from "./finding.ts";

export type ProfileLook = { ok: true; profile: Profile } | { ok: false; problems: readonly ProfileProblem[] };

export function lookAtProfile(name: string, folder: string | undefined): ProfileLook {
  try {
    return { ok: true, profile: loadProfile(name, folder) };
  } catch (fault) {
    if (fault instanceof ProfileError) return { ok: false, problems: fault.problems };
    throw fault;
  }
}

export function judgeProfile(name: string, folder: string | undefined, look: ProfileLook): Finding {
  const whose = `${name}, ${folder === undefined ? "as it comes along" : `of ${folder}`}`;
  if (look.ok) return ok("profile", whose);
  const [first] = look.problems;
  return fail(
    "profile",
    `${whose}: mistakes (${look.problems.length}), the first: ${first === undefined ? "" : describeProblem(first).trim()}`,
    "the start lists them all, each with what is right: correct the files, and restart",
  );
}
