using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpFuzz;
using SharpFuzz.Common;

namespace ClvOrleans.Fuzzing.Tests.Engine;

/// <summary>
/// Rewrites the assemblies with parsers beside this one before any of them is loaded, so that each branch that runs counts itself.
/// </summary>
internal static class Instrumentation
{
    private static readonly string[] Assemblies =
        ["ClvOrleans.Domain", "ClvOrleans.Intake", "ClvOrleans.Policies", "ClvOrleans.Recommendations", "ClvOrleans.Valuation"];

    /// <summary>Runs before anything else of this assembly: what follows must not name a type of those assemblies.</summary>
    [ModuleInitializer]
    internal static unsafe void Run()
    {
        Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Coverage.Size);
        foreach (var name in Assemblies)
        {
            Rewrite(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        }
    }

    // An assembly that was rewritten by the run before and not built since is left as it is.
    private static void Rewrite(string path)
    {
        try
        {
            Fuzzer.Instrument(path, _ => true, Options.Value);
        }
        catch (InstrumentationException e) when (e.Message.Contains("already instrumented", StringComparison.OrdinalIgnoreCase))
        {
        }
    }
}
