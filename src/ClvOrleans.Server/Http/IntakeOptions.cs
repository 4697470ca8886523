using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Server.Http;

/// <summary>What bodies may cost. Section <c>Intake</c> of the configuration (<c>Intake__MostHeldBytes</c> in the environment).</summary>
internal sealed record IntakeOptions
{
    /// <summary>
    /// Most bytes of bodies beyond their first 64 KB, packed and unpacked, that are in memory at once, 8 MB to 1 GB: beyond it the answer
    /// is 429. Default 32 MB. Each such byte costs about seven while its events are recorded.
    /// </summary>
    [Range(8L * 1024 * 1024, 1024L * 1024 * 1024)]
    public long MostHeldBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>How many bodies of more than 64 KB are unpacked and judged at once, 1 to 1,024. Default: half of the processors.</summary>
    [Range(1, 1_024)]
    public int LargeAtOnce { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How long a body may take to come, 1 s to 1 h. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
