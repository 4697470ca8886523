namespace ClvOrleans.Server.Imports;

/// <summary>Why a file could not be imported.</summary>
/// <param name="Code"><c>invalid_request</c> or <c>unreadable_file</c>.</param>
/// <param name="Message">A sentence.</param>
internal sealed record ImportError(string Code, string Message)
{
    public const string InvalidRequest = "invalid_request";

    public const string UnreadableFile = "unreadable_file";
}
