using System.Diagnostics;

namespace ClvOrleans.Reliability.Tests.Running;

/// <summary>The executable <c>clv</c>, as built beside the tests.</summary>
internal static class Executable
{
    public static Process Start(IReadOnlyList<string> arguments, ServiceOptions? options = null)
    {
        string[] command = [.. options?.Through ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "clv.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Retraining__FirstAt"] = "0"; // Models change when a drill asks for it, not while it compares.
        start.Environment["Limits__FreeDisk"] = "0"; // A drill fills the disk to its last byte.
        foreach (var (name, value) in options?.Environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Status, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    /// <summary>Runs a command of the system; null where it succeeded, else why not.</summary>
    public static async Task<string?> TrySystemAsync(string command, params string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : $"{command}: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{command}: {e.Message}";
        }
    }
}
