using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Server.Access;

/// <summary>Who is let in. Section <c>Access</c> of the configuration (<c>Access__OwnerKey</c> in the environment).</summary>
internal sealed record AccessOptions : IValidatableObject
{
    private const int LeastKeyLength = 32;

    /// <summary>
    /// The owner's key, of 32 characters or more without spaces, such as <c>openssl rand -hex 32</c> makes. Default none: the first
    /// start makes one, in <c>owner.key</c> of the data folder.
    /// </summary>
    public string? OwnerKey { get; set; }

    /// <summary>
    /// A file with the owner's key instead, such as a mounted secret; a second line is the key before, which stays valid.
    /// </summary>
    public string? OwnerKeyFile { get; set; }

    /// <summary>How long people stay signed in, 5 min to 30 days. Default 12 h.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(12);

    /// <summary>The owner's keys; none where nothing is configured.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<string> ReadOwnerKeys() =>
        OwnerKey is { Length: > 0 } key ? [key]
        : OwnerKeyFile is { Length: > 0 } file
            ? [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)]
            : [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string? mistake = null;
        try
        {
            var keys = ReadOwnerKeys();
            mistake = OwnerKey is { Length: > 0 } && OwnerKeyFile is { Length: > 0 } ? "give OwnerKey or OwnerKeyFile, not both."
                : keys.Any(k => k.Length < LeastKeyLength || k.Any(char.IsWhiteSpace))
                    ? $"the owner's key must have {LeastKeyLength} characters or more, without spaces: openssl rand -hex 32 makes one."
                : keys.Count == 0 && OwnerKeyFile is { Length: > 0 } ? $"{OwnerKeyFile} holds no key."
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistake = $"{OwnerKeyFile} cannot be read; give the user of this process the right to, or correct OwnerKeyFile.";
        }

        if (mistake is not null)
        {
            yield return new ValidationResult(mistake, [OwnerKey is null ? nameof(OwnerKeyFile) : nameof(OwnerKey)]);
        }
    }
}
