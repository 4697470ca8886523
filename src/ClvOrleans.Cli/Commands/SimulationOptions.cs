using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ClvOrleans.Cli.Commands;

/// <summary>Options that <c>simulate</c> and <c>demo</c> share.</summary>
internal static class SimulationOptions
{
    public const int DefaultCustomers = 1_500;
    public const int DefaultSeed = 1;

    public static Option<int?> Customers()
    {
        var option = new Option<int?>("--customers")
        {
            Description = $"How many customers buy in the history. [default: {DefaultCustomers}]",
            HelpName = "N",
        };
        option.Validators.Add(Within(1, 1_000_000));
        return option;
    }

    public static Option<int?> Seed() => new("--seed")
    {
        Description = $"Decides all that is random. [default: {DefaultSeed}]",
        HelpName = "N",
    };

    public static Action<OptionResult> Within(int least, int most) => result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(
            result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
        {
            result.AddError($"{result.Option.Name} must be {least} to {most}.");
        }
    };

    public static DateOnly? Day(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 2000 and < 2100)
        {
            return day;
        }

        result.AddError($"--until: '{result.Tokens[0].Value}' is not a date of this century such as 2026-01-31.");
        return null;
    }
}
