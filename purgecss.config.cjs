// Drops what of KERN no template names: two thirds of its rules, three of five of its variables.
// Our own classes are left alone, some are put together in templates (`session--{{ … }}`).
module.exports = {
  content: ["templates/**/*.html", "*/templatetags/*.py", "lernnetzwerk/barriers/*.py"],
  safelist: { standard: [/^(?!kern-)/, /^:/] },
  variables: true,
}
