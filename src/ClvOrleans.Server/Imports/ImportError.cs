namespace ClvOrleans.Server.Imports;

/// <summary>Why a file could not be imported.</summary>
/// <param name="Code">
/// <c>invalid_request</c>, <c>unreadable_file</c>, <c>file_too_large</c>, <c>import_cancelled</c> or <c>import_failed</c>.
/// </param>
/// <param name="Message">A sentence.</param>
internal sealed record ImportError(string Code, string Message)
{
    public const string InvalidRequest = "invalid_request";

    public const string UnreadableFile = "unreadable_file";

    public const string FileTooLarge = "file_too_large";

    public const string Cancelled = "import_cancelled";

    public const string Failed = "import_failed";
}
