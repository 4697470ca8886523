using System.Globalization;
using ClvOrleans.Fuzzing.Tests.Engine;
using ClvOrleans.Fuzzing.Tests.Targets;

namespace ClvOrleans.Fuzzing.Tests;

/// <summary>
/// Every parser, by inputs that coverage leads to what no input has reached: none crashes, throws what it does not document, or takes more
/// than a second. <c>CLV_FUZZ_INPUTS</c> says how many of each (default 3,000), <c>CLV_FUZZ_SEED</c> from which seed (default 1);
/// <c>CLV_FUZZ_INPUT</c> is one input instead, in base64, for every parser.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_input_makes_a_parser_crash_hang_or_throw_what_it_does_not_document(string target)
    {
        var run = new FuzzRun(FuzzTargets.All.Single(t => t.Name == target), Setting("CLV_FUZZ_SEED", 1));
        var flaw = Environment.GetEnvironmentVariable("CLV_FUZZ_INPUT") is { } input
            ? run.Try(Convert.FromBase64String(input))
            : run.Run(Setting("CLV_FUZZ_INPUTS", 3_000));
        output.WriteLine(run.ToString());
        Assert.True(flaw is null, flaw);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
