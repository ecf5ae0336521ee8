/** Who is played in the profile labura (config/profiles/labura/playground.yaml). */
export const labura = {
  user: "Nurhayati Siregar",
  helpDesk: "Dewi Anggraini Harahap",
  itSupport: "Bonar Simatupang",
  dataCenter: "Togar Hutabarat",
  infrastructure: "Syahrul Munthe",
  systemOfficer: "Rudi Hamonangan Sinaga",
  leadership: "Hasan Marpaung",
  nonTechnical: "Ratna Siagian",
  administrator: "Melati Nainggolan",
  stranger: "Ucok Lubis",
} as const;
