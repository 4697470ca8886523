using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Storage.DeadLetters;

/// <summary>
/// How many refused events are kept of each source, replayed ones included, which make room for new ones. The oldest stay; what comes
/// beyond is only counted. Section <c>DeadLetters</c> of the configuration (<c>DeadLetters__MostLetters</c> in the environment).
/// </summary>
public sealed record DeadLetterOptions
{
    /// <summary>Most letters of a source, 1 to 1,000,000. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MostLetters { get; set; } = 10_000;

    /// <summary>
    /// Most bytes of the letters of a source, 1 MB to 64 GB: their events, their reasons, and 256 for each row. Default 64 MB.
    /// </summary>
    [Range(1L << 20, 1L << 36)]
    public long MostBytes { get; set; } = 64L << 20;
}
