// Runs a compiled Stan program at given values: the log density of its model block at each, and a draw of its generated quantities for each.

#include <fstream>
#include <iostream>
#include <stan/io/array_var_context.hpp>
#include <stan/services/util/create_rng.hpp>

inline std::vector<double> read_values(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::vector<double> values(file.tellg() / sizeof(double));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()), values.size() * sizeof(double));
  return values;
}

inline void write_values(const std::string& path, const std::vector<double>& values) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
}

// name.x holds the values; name.log_p and name.draws are written. Counts are data of the model; a real value is its parameter, which
// bounds bend and unbend, so that name.x is written anew with what came out.
template <class Model, bool counts>
void run_model(const std::string& name) {
  using Sizes = std::vector<std::vector<size_t>>;
  try {
    auto rng = stan::services::util::create_rng(1, 0);
    std::vector<double> asked, log_p, draws;
    for (double x : read_values(name + ".x")) {
      stan::io::array_var_context real({"x"}, std::vector<double>{x}, Sizes{{}});
      stan::io::array_var_context whole({"x"}, std::vector<int>{static_cast<int>(x)}, Sizes{{}});
      stan::io::var_context& given = counts ? static_cast<stan::io::var_context&>(whole) : real;
      Model model(given, 1, nullptr);
      std::vector<int> no_integers;
      std::vector<double> parameters, written;
      model.transform_inits(given, no_integers, parameters, nullptr);
      // nothing dropped, and without the Jacobian of the bounds
      log_p.push_back(model.template log_prob<false, false>(parameters, no_integers, nullptr));
      model.write_array(rng, parameters, no_integers, written, true, true, nullptr);
      asked.push_back(counts ? x : written.front());
      draws.push_back(written.back());
    }
    write_values(name + ".x", asked);
    write_values(name + ".log_p", log_p);
    write_values(name + ".draws", draws);
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << std::endl;
  }
}
