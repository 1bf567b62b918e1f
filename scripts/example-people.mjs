// What the example's made-up people are put together from.

export const FIRST_NAMES = [
  ..."Ada Ben Carla Cem Dilan Emil Erik Fatima Finn Frieda Greta Hanna Henk Ida Ines Jakub".split(
    " ",
  ),
  ..."Jonas Jule Kaya Leni Liam Lotte Luca Mara Mehmet Mila Nele Nils Noor Oskar Paula".split(" "),
  ..."Rosa Samir Selma Søren Tilda Toni Ulla Viktor Wanda Yusuf Zoé Jean-Luc".split(" "),
];

export const SURNAMES = [
  ..."Abel Birk Çelik Dorn Engel Fuchs Gruber Haas Ivanova Jansen Kowalski Lindner Meier".split(
    " ",
  ),
  ..."Nowak Öztürk Pohl Quast Richter Sommer Thiel Ulrich Vogel Weiß Yıldız Zimmer O'Hara".split(
    " ",
  ),
];

/** Times the workshop offers, Berlin time. */
export const TIMES = ["09:30", "11:00", "12:30", "14:30", "16:00", "17:30"];

const GERMAN = ["de_DE", "de_DE", "de", "de-DE", "de-de", "en_GB"];
const BERLIN = { country: "DE", timezone: "Europe/Berlin", locales: GERMAN };

/** Repeated where more of the people shall live. */
export const CITIES = [
  { city: "Berlin", ...BERLIN },
  { city: "Berlin", ...BERLIN },
  { city: "Berlin", ...BERLIN },
  { city: "berlin", ...BERLIN },
  { city: "Leipzig", ...BERLIN },
  { city: "Leipzig", ...BERLIN },
  { city: "Potsdam", ...BERLIN },
  { city: "Hamburg", ...BERLIN },
  { city: "Wien", country: "AT", timezone: "Europe/Vienna", locales: ["de_AT", "de-AT", "de"] },
  {
    city: "Zürich",
    country: "CH",
    timezone: "Europe/Zurich",
    locales: ["de_CH", "fr_CH", "en_US"],
  },
  { city: "Amsterdam", country: "NL", timezone: "Europe/Amsterdam", locales: ["nl_NL", "en_GB"] },
  { city: "London", country: "GB", timezone: "Europe/London", locales: ["en_GB"] },
  { city: "Portland", country: "US", timezone: "America/Los_Angeles", locales: ["en_US"] },
  { city: "Auckland", country: "NZ", timezone: "Pacific/Auckland", locales: ["en_NZ"] },
];

const TEMPLATE_NAME = "{{ltv}}";
const LONG_NAME = "Maximiliane Theodora Adelheid Friederike Wilhelmine Charlotte Eleonore Antonia";
/** In touch this morning, in Berlin, agreed, no tags: passes every rule but the one shown. */
const READY = {
  country: "DE",
  city: "Berlin",
  timezone: "Europe/Berlin",
  locale: "de_DE",
  account_status: "active",
  newsletter: true,
  messenger_opt_in: true,
  last_inbound_at: "2026-12-01T07:45:00Z",
  rides: ["commute"],
  tags: [],
};
const TOMORROW = {
  appointment_at: "2026-12-02T13:30:00Z",
  appointment_time: "14:30",
  appointment_shop: "Berlin",
};

/** The odd ones, laid over the first users: each is something that real exports contain. */
export const ODD_USERS = [
  { ...READY, ps_id: "7100000000000001", first_name: "Mara", locale: "en_GB" },
  { ...READY, first_name: "Zoë 🚲" },
  { ...READY, first_name: "🦊" },
  { ...READY, first_name: "נועה", last_name: "לוי", locale: "he_IL" },
  { ...READY, first_name: "ليلى", last_name: "حداد", locale: "ar" },
  { ...READY, first_name: 'Dwayne "The Bell" J.' },
  { ...READY, first_name: "O'Brien\\n" },
  { ...READY, first_name: TEMPLATE_NAME },
  { ...READY, first_name: "{{#first_name}}" },
  { ...READY, first_name: "<b>Bo</b> & Söhne" },
  { ...READY, first_name: "   " },
  { ...READY, first_name: "", last_name: "" },
  { ...READY, first_name: LONG_NAME },
  { ...READY, ps_id: "n/a", first_name: "Nadja" },
  { ...READY, ps_id: "7100-0000-0000-0015", first_name: "Otto" },
  { ...READY, ps_id: "71e14", first_name: "Pia" },
  { ...READY, ps_id: "", first_name: "Quirin" },
  { ...READY, messenger_opt_in: false, first_name: "Rike" },
  { ...READY, messenger_opt_in: null, first_name: "Stine" },
  { ...READY, last_inbound_at: "2019-05-04T10:00:00Z", first_name: "Tomek" },
  { ...READY, last_inbound_at: null, first_name: "Uschi" },
  { ...READY, timezone: "Mitteleuropa", first_name: "Vera" },
  { ...READY, timezone: "CEST+1", first_name: "Wim" },
  { ...READY, locale: "de-DE", first_name: "Xaver" },
  { ...READY, locale: "", city: "", first_name: "Yara" },
  { ...READY, ...TOMORROW, appointment_time: null, first_name: "Zeno" },
  { ...READY, ...TOMORROW, appointment_time: " ", first_name: "Alma" },
  { ...READY, ...TOMORROW, last_inbound_at: "2026-03-01T10:00:00Z", first_name: "Bruno" },
  { ...READY, ...TOMORROW, tags: ["unsubscribed"], first_name: "Clara" },
  { ...READY, birthday: "1996-02-29", first_name: "Deniz" },
  { ...READY, birthday: "1988-12-01", first_name: "Elif" },
  { ...READY, ltv: 0.1, orders: 1, last_order_at: "2026-11-30T23:30:00Z", first_name: "Flo" },
];
