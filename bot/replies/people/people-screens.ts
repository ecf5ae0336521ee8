import { screensOf } from "../screens-of.ts";
import { renderPeople, renderPerson } from "./people.ts";
import { renderImport, renderImportProblems } from "./people-import.ts";
import { renderNewPoster, renderPoster } from "./posters.ts";
import { renderRegistrationAsked } from "./registration.ts";
import { renderNobodyHolds, renderProposal, renderRightsEnded } from "./rights.ts";
import { renderSubstitutionNews, renderSubstitutionProposed, renderSubstitutions } from "./substitutions.ts";

/** Who is in the register, what rights they have, and who wants to be in it. */
export const peopleScreens = screensOf({
  people: renderPeople,
  person: renderPerson,
  "people-import": renderImport,
  "import-problems": renderImportProblems,
  "role-proposed": renderProposal,
  "role-decided": renderProposal,
  "rights-ended": renderRightsEnded,
  "nobody-holds": renderNobodyHolds,
  substitutions: renderSubstitutions,
  "substitution-proposed": renderSubstitutionProposed,
  "substitution-news": renderSubstitutionNews,
  "registration-asked": renderRegistrationAsked,
  poster: renderPoster,
  "new-poster": renderNewPoster,
});
