using System.Text.Json;
using System.Xml.Linq;

namespace ClvOrleans.Architecture.Tests;

/// <summary>
/// What others wrote and this repository uses: each package of each lock file is in <c>packages.txt</c> with the licence that it states
/// itself, so that nothing comes in, also by way of another package, without somebody having looked.
/// </summary>
public sealed class PackageTests
{
    private const string NoAssets = "not restored";

    private static readonly string Allowed = Path.Combine(Repository.Root, "tests", "ClvOrleans.Architecture.Tests", "packages.txt");

    // Whoever lists a package whose licence is in a file of its own, or at an address, has read it.
    private static readonly HashSet<string> Licences = new(StringComparer.Ordinal)
    {
        "MIT", "Apache-2.0", "BSD-3-Clause", "PostgreSQL", "file",
    };

    [Fact]
    public void Every_package_is_one_that_somebody_has_looked_at_and_none_is_listed_that_is_not_used()
    {
        var used = Used().ToDictionary(p => p.Id, p => LicenceOf(p.Id, p.Version), StringComparer.OrdinalIgnoreCase);
        Assert.InRange(used.Count, 50, 1_000);
        var lines = used.Select(p => $"{p.Key} {p.Value}").Order(StringComparer.OrdinalIgnoreCase).ToArray();
        var listed = File.ReadAllLines(Allowed).Where(line => line.Length > 0 && line[0] != '#').ToArray();
        if (!lines.SequenceEqual(listed))
        {
            File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "packages.txt.now"), lines);
        }

        Assert.Empty(lines.Except(listed).Select(line => $"{line}: not in packages.txt"));
        Assert.Empty(listed.Except(lines).Select(line => $"{line}: not used, or by another licence"));
        Assert.DoesNotContain(
            listed, line => !Licences.Contains(line.Split(' ')[1]) && !line.Contains(" https://", StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_are_whole_and_in_one_place_and_every_project_is_locked()
    {
        var central = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion");
        Assert.All(central, p => Assert.Matches(@"^\d+\.\d+\.\d+$", p.Attribute("Version")!.Value));
        foreach (var project in Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories))
        {
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), $"{project} has no lock file");
            Assert.DoesNotContain("PackageReference Update", File.ReadAllText(project), StringComparison.Ordinal);
            Assert.DoesNotContain(XDocument.Load(project).Descendants("PackageReference"), p => p.Attribute("Version") is not null);
        }
    }

    [Fact]
    public void What_tests_drive_comes_whole_from_the_registry_and_runs_nothing_when_it_is_installed()
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "clients", "package-lock.json")));
        var packages = locked.RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0).ToArray();
        Assert.InRange(packages.Length, 20, 1_000);
        Assert.All(packages, package =>
        {
            Assert.False(package.Value.TryGetProperty("resolved", out _), $"{package.Name} is not of the registry");
            Assert.StartsWith("sha512-", package.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal);
            Assert.False( // Optional ones are not installed (.npmrc).
                package.Value.TryGetProperty("hasInstallScript", out _) && !package.Value.TryGetProperty("optional", out _), package.Name);
            Assert.False(package.Value.TryGetProperty("deprecated", out var why), $"{package.Name}: {why}");
        });
        using var asked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "clients", "package.json")));
        Assert.All(
            asked.RootElement.GetProperty("dependencies").EnumerateObject(), p => Assert.Matches(@"^\d+\.\d+\.\d+$", p.Value.GetString()));
    }

    // Of one that is used in several versions, the last.
    private static IEnumerable<(string Id, string Version)> Used() =>
        from file in Directory.EnumerateFiles(Repository.Root, "packages.lock.json", SearchOption.AllDirectories)
        let locked = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("dependencies")
        from framework in locked.EnumerateObject()
        from package in framework.Value.EnumerateObject()
        where package.Value.GetProperty("type").GetString() != "Project"
        group package.Value.GetProperty("resolved").GetString()! by package.Name.ToLowerInvariant() into versions
        select (versions.Key, versions.Max(StringComparer.Ordinal)!);

    // As the package says, or how it says it: in a file of its own, or by an address.
    private static string LicenceOf(string id, string version)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        var specification = Path.Combine(packages, id, version.ToLowerInvariant(), $"{id}.nuspec");
        if (!File.Exists(specification))
        {
            return NoAssets;
        }

        var metadata = XDocument.Load(specification).Root!.Elements().First();
        var licence = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
        var address = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "licenseUrl")?.Value ?? "none";
        return licence?.Attribute("type")?.Value switch
        {
            "expression" => licence.Value.Replace(' ', '-'),
            "file" => "file",
            _ => address,
        };
    }
}
