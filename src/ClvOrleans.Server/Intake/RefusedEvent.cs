namespace ClvOrleans.Server.Intake;

/// <summary>What there is to say of one event.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="MessageId">Its message id, where it could be read.</param>
/// <param name="Code">A word.</param>
/// <param name="Message">A sentence that names the field.</param>
internal sealed record RefusedEvent(int Index, string? MessageId, string Code, string Message);
