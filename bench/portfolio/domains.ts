/**
 * What each benchmark set is about. Configurations learned on houses must prove themselves on cars: the check leaves out
 * whole domains, not single sets.
 */
export const domains: Readonly<Record<string, readonly string[]>> = {
  houses: ["boston", "california_housing"],
  rents: ["brazilian_houses", "brazil_rent_v1"],
  cars: ["auto_mpg", "cardekho", "german_cars"],
  bikes: ["bike_hour", "seoul_bike"],
  trips: ["taxi_fare", "deliveries", "nycflights"],
  traffic: ["metro_traffic", "chicago_ridership"],
  food: ["wine_red", "sensory", "avocado"],
  chemistry: ["solubility", "tecator"],
  engineering: ["concrete", "energy_efficiency", "yacht", "airfoil"],
  machines: ["kin8nm", "cpu_act", "pol"],
  goods: ["diamonds", "laptop_price"],
  work: ["wage", "ds_salaries", "garments"],
  people: ["student_mat", "us_crime", "insurance"],
  nature: ["abalone", "fish_market", "forest_fires"],
  culture: ["moneyball", "imdb_movies"],
};

/** The domain of a set; a set that nobody has assigned is a domain of its own. */
export function domainOf(set: string): string {
  return Object.keys(domains).find((domain) => domains[domain]?.includes(set)) ?? set;
}
