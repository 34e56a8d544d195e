/**
 * Examples for training: readers for the usual files of images and texts on any Hadoop file system,
 * normalisation, augmentation, and the seeded split and order.
 *
 * <p>Knows nothing of networks, searches or clusters: only the JDK, the Hadoop file system API and
 * settings.
 *
 * @see dev.fletch.data.DataSet the door
 */
package dev.fletch.data;
