namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>One epoch of training: a point of the loss curve.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Training">Mean loss of the training rows as they were learned, with dropout.</param>
/// <param name="Validation">Mean loss of the validation rows after the epoch.</param>
/// <param name="LearningRate">Rate of its last step.</param>
public sealed record EpochLoss(int Epoch, double Training, double Validation, double LearningRate);
