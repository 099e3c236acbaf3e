// The parts of the page's script share one scope; tsc knows what every name means, so no-undef is its work.
export default [
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2023, sourceType: "script" },
    rules: {
      "array-callback-return": "error",
      "consistent-return": "off",
      eqeqeq: "error",
      "max-lines": ["error", 300],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "texts are data, never markup" },
        { property: "outerHTML", message: "texts are data, never markup" },
        { property: "insertAdjacentHTML", message: "texts are data, never markup" },
        { object: "document", property: "write", message: "texts are data, never markup" },
      ],
      "no-shadow": "off",
      "no-unused-vars": ["error", { vars: "local" }],
      "no-useless-return": "error",
      "no-var": "error",
      "prefer-const": "off", // a name that another part changes looks constant here
      complexity: ["error", 25],
    },
  },
];
