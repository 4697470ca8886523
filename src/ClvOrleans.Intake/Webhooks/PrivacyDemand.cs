namespace ClvOrleans.Intake.Webhooks;

/// <summary>A demand for data or for erasure.</summary>
/// <param name="Topic">What is asked for.</param>
/// <param name="MessageId">What it is known by when it is sent again.</param>
/// <param name="Customer">The user id of whoever asks; null where all customers are meant, or none is named.</param>
public sealed record PrivacyDemand(PrivacyTopic Topic, string MessageId, string? Customer);
