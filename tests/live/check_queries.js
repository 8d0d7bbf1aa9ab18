// Reads queries as JSON from standard input and tells what Microsoft's own parser makes of each:
// its errors, and the columns of its result.
const folder = process.argv[2];
require(`${folder}/bridge.min.js`);
require(`${folder}/Kusto.Language.Bridge.min.js`);
const { KustoCode, GlobalState, Symbols } = Kusto.Language;

const { tables, columns, queries } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const schema = `(${columns.map(([name, type]) => `['${name}']:${type}`).join(",")})`;
const made = tables.map((name) => new Symbols.TableSymbol.$ctor7(name, schema, null));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor("arg", made));

function each(list) {
  const found = [];
  const at = Bridge.getEnumerator(list);
  while (at.moveNext()) found.push(at.Current);
  return found;
}

const answers = queries.map((text) => {
  const code = KustoCode.ParseAndAnalyze(text, globals);
  const errors = each(code.GetDiagnostics()).filter((one) => one.Severity === "Error");
  const result = code.ResultType;
  return {
    errors: errors.map((one) => `${one.Code} at ${one.Start}: ${one.Message}`),
    columns: result && result.Columns ? each(result.Columns).map((one) => one.Name) : [],
  };
});
process.stdout.write(JSON.stringify(answers));
