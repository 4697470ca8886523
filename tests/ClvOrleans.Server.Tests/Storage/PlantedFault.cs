namespace ClvOrleans.Server.Tests.Storage;

/// <summary>A copy of a whole store, in which something is made wrong.</summary>
internal static class PlantedFault
{
    /// <summary>What <c>clv check</c> says of it.</summary>
    /// <param name="whole">The folder of the store.</param>
    /// <param name="act">The statement that makes something wrong in its journal.</param>
    public static async Task<(int ExitCode, string Output, string Error)> CheckAsync(string whole, string act)
    {
        var folder = ClvProcess.NewFolder();
        foreach (var file in Directory.GetFiles(whole))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        StoreFilesTests.Run(Path.Combine(folder, "clv.db"), act);
        return await ClvInProcess.RunAsync("check", "--data", folder);
    }
}
