using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>What <c>deploy/Dockerfile</c> says.</summary>
internal sealed class Dockerfile
{
    private Dockerfile(IReadOnlyList<List<Instruction>> stages) => Stages = stages;

    /// <summary>The instructions after each <c>FROM</c>.</summary>
    public IReadOnlyList<List<Instruction>> Stages { get; }

    public Dictionary<string, string> Environment => Of("ENV").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    public string[] Command => [.. Words(Of("ENTRYPOINT")), .. Words(Of("CMD"))];

    public string[] HealthCheck => Words(Of("HEALTHCHECK").Split(" CMD ")[1]);

    public static Dockerfile Read(string path)
    {
        var stages = new List<List<Instruction>>();
        var lines = File.ReadAllLines(path).Where(line => line.Length > 0 && !line.StartsWith('#'));
        foreach (var line in string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            if (words[0] == "FROM")
            {
                stages.Add([]);
            }
            else
            {
                stages[^1].Add(new Instruction(words[0], words[1]));
            }
        }

        return new Dockerfile(stages);
    }

    /// <summary>Arguments of an instruction that the image itself has once.</summary>
    public string Of(string name) => Stages[^1].Single(i => i.Name == name).Arguments;

    private static string[] Words(string json) => JsonSerializer.Deserialize<string[]>(json)!;
}
