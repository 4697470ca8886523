using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Stores;
using static ClvOrleans.Cli.Diagnoses.Finding;

namespace ClvOrleans.Cli.Diagnoses;

/// <summary>The environment and store.json: every mistake of both.</summary>
internal static class ConfigurationDiagnosis
{
    public static IEnumerable<Finding> Find(string folder)
    {
        var services = new ServiceCollection();
        Configured.Add(services);
        var mistakes = Configured.FindMistakes(services, new ConfigurationBuilder().AddEnvironmentVariables().Build());
        foreach (var mistake in mistakes)
        {
            yield return Bad("configuration", mistake, "Correct or remove the variable; docs/operations.md lists them.");
        }

        if (mistakes.Count == 0)
        {
            yield return Good("configuration", "The environment has no mistakes.");
        }

        yield return Settings(folder);
    }

    private static Finding Settings(string folder)
    {
        if (!File.Exists(StoreFile.PathIn(folder)))
        {
            return Doubtful(
                "store.json", $"There is none in {folder}; the first start writes one.",
                "If there should be one, put it back before that.");
        }

        try
        {
            var store = StoreFile.ReadOrNew(folder, null, null);
            return store.WriteKeys.ContainsKey(StoreFile.DefaultWriteKey)
                ? Doubtful(
                    "store.json", "It has the default write key, which everyone knows.", "Replace it before shops send to this store.")
                : Good("store.json", $"Store {store.Id}, {store.Currency}, days of {store.TimeZone}.");
        }
        catch (InvalidOperationException e)
        {
            return Bad("store.json", e.Message, "Correct the file; docs/operations.md describes each setting.");
        }
    }
}
