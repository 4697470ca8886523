using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv experiments</c></summary>
internal static class ExperimentsCommand
{
    public static Command Create()
    {
        var command = new Command("experiments", "List experiments, define, start and stop them, and read what they say.")
        {
            Read(), Define(), Change("start", "Begin to expose."),
                Change("stop", "Expose nobody any more; windows that are open end, and count."),
            Policies(),
        };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync("api/v1/experiments", cancellation), PrintList, cancellation));
        return command;
    }

    private static Command Read()
    {
        var id = IdArgument();
        var command = new Command("read", "What an experiment says now.") { id };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync($"api/v1/experiments/{Escaped(parsed, id)}/reading", cancellation), PrintReading, cancellation));
        return command;
    }

    private static Command Define()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The definition, as JSON; docs/experiments.md has an example." };
        var preview = new Option<bool>("--preview") { Description = "Only say what it needs, and keep nothing." };
        var command = new Command("define", "Define an experiment, or replace a draft.") { file, preview };
        command.SetAction(async (parsed, cancellation) =>
        {
            var from = parsed.GetValue(file)!;
            if (!from.Exists)
            {
                throw new CommandException($"There is no file {from.FullName}.");
            }

            var body = await File.ReadAllTextAsync(from.FullName, cancellation);
            return await Service.ShowAsync(
                parsed,
                http => http.PostAsync(
                    $"api/v1/experiments{(parsed.GetValue(preview) ? "?preview=true" : "")}",
                    new StringContent(body, Encoding.UTF8, "application/json"), cancellation),
                PrintOne, cancellation);
        });
        return command;
    }

    private static Command Change(string name, string description)
    {
        var id = IdArgument();
        var command = new Command(name, description) { id };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.PostAsync($"api/v1/experiments/{Escaped(parsed, id)}/{name}", null, cancellation), PrintOne,
                cancellation));
        return command;
    }

    private static Command Policies()
    {
        var command = new Command("policies", "What each policy did against its own holdout, and what it cost.");
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync("api/v1/outcomes/policies", cancellation), PrintPolicies, cancellation));
        return command;
    }

    private static Argument<string> IdArgument() => new("ID") { Description = "The experiment." };

    private static string Escaped(ParseResult parsed, Argument<string> id) => Uri.EscapeDataString(parsed.GetValue(id)!);

    private static void PrintList(JsonElement experiments)
    {
        var table = TableOf("Experiment", "State", "Metric", "Arms", "Hypothesis");
        foreach (var experiment in experiments.EnumerateArray())
        {
            var definition = experiment.GetProperty("definition");
            table.AddRow(
                Cell(Text(definition, "id")), Cell(Text(experiment, "state")), Cell(Text(definition, "primary")), Cell(ArmsOf(definition)),
                Cell(Text(definition, "hypothesis")));
        }

        Terminal.List(table, "There is no experiment. clv experiments define FILE makes one.");
    }

    private static void PrintOne(JsonElement experiment)
    {
        var (definition, forecast) = (experiment.GetProperty("definition"), experiment.GetProperty("forecast"));
        var basis = forecast.GetProperty("isAssumed").GetBoolean() ? ", by what is assumed" : "";
        Console.WriteLine($"{Text(definition, "id")}: {Text(experiment, "state")}, {ArmsOf(definition)}.");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"It needs {Number(forecast, "units", "N0")} units; {Number(forecast, "plannedUnits", "N0")} come in the planned days, "
                + $"which show an effect of {Number(forecast, "detectableEffect", "G3")}{basis}."));
        if (experiment.GetProperty("problem").GetString() is { } problem)
        {
            Console.WriteLine(problem);
        }
    }

    private static void PrintReading(JsonElement reading)
    {
        var counts = TableOf("Arm", "Share", "Exposed", "Matured", "Open", "Unmeasured");
        foreach (var arm in reading.GetProperty("arms").EnumerateArray())
        {
            counts.AddRow(
                Cell(Text(arm, "arm")), Cell(Number(arm, "share", "0.0%")), Cell(Number(arm, "exposed", "N0")),
                    Cell(Number(arm, "matured", "N0")),
                Cell(Number(arm, "open", "N0")), Cell(Number(arm, "unmeasured", "N0")));
        }

        Terminal.Output.Write(counts);
        var effects = TableOf("Arm", "Verdict", "Metric", "Control", "Treated", "Effect", "At any time", "p, one look");
        foreach (var arm in reading.GetProperty("comparisons").EnumerateArray())
        {
            AddEffect(effects, Text(arm, "arm"), Text(arm, "verdict"), arm.GetProperty("primary"));
            foreach (var guardrail in arm.GetProperty("guardrails").EnumerateArray())
            {
                AddEffect(effects, "", Text(guardrail, "standing"), guardrail.GetProperty("metric"));
            }
        }

        Terminal.Output.Write(effects);
        var look = reading.GetProperty("isComplete").GetBoolean()
            ? "The one look is due."
            : "Before the one look only intervals that hold at any time are shown.";
        Console.WriteLine(
            $"Sample-ratio check: p {Number(reading, "sampleRatioPValue", "G3")}. "
            + $"In two arms and left out: {Number(reading, "inTwoArms", "N0")}. {look}");
        foreach (var remark in reading.GetProperty("remarks").EnumerateArray())
        {
            Console.WriteLine(remark.GetString());
        }
    }

    private static void AddEffect(Table table, string arm, string verdict, JsonElement metric)
    {
        var (any, once) = (metric.GetProperty("anyTime"), metric.GetProperty("once"));
        var has = any.ValueKind == JsonValueKind.Object;
        table.AddRow(
            Cell(arm), Cell(verdict), Cell(Text(metric, "metric")), Cell(Number(metric, "control", "G4")),
                Cell(Number(metric, "treated", "G4")),
            Cell(has ? Number(any, "estimate", "+0.#####;-0.#####;0") : Text(metric, "problem")),
            Cell(has ? $"{Number(any, "lower", "G3")} to {Number(any, "upper", "G3")}" : ""),
            Cell(once.ValueKind == JsonValueKind.Object ? Number(once, "pValue", "G3") : ""));
    }

    private static void PrintPolicies(JsonElement policies)
    {
        var table = TableOf("Policy", "Treated", "Held out", "Cost", "Incremental margin", "For each", "Interval", "Expected");
        foreach (var policy in policies.EnumerateArray())
        {
            var margin = policy.GetProperty("margin");
            var has = margin.ValueKind == JsonValueKind.Object;
            table.AddRow(
                Cell(Text(policy, "subject")), Cell(Number(policy, "treated", "N0")), Cell(Number(policy, "heldOut", "N0")),
                Cell(Number(policy, "cost", "N2")), Cell(Number(policy, "incrementalMargin", "N2")),
                Cell(has ? Number(margin, "estimate", "N2") : Text(policy, "problem")),
                Cell(has ? $"{Number(margin, "lower", "N2")} to {Number(margin, "upper", "N2")}" : ""),
                Cell($"{Number(policy.GetProperty("expected"), "mean", "G4")} {Text(policy.GetProperty("expected"), "source")}"));
        }

        Terminal.List(table, "No policy has been measured yet.");
    }

    private static Table TableOf(params string[] columns) => new Table().Border(TableBorder.Simple).AddColumns(columns);

    private static string ArmsOf(JsonElement definition) => string.Join(", ", definition.GetProperty("arms").EnumerateArray()
        .Select(a => $"{Text(a, "arm")} {Number(a, "share", "0.#%")}"));

    private static Text Cell(string text) => new(Terminal.Plain(text));

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private static string Number(JsonElement of, string name, string format) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
        ? number.GetDouble().ToString(format, CultureInfo.InvariantCulture)
        : "-";
}
